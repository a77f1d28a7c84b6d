import type { Step } from '../definitions/model.ts';
import { childNode, finishNode } from './journal.ts';
import type { FinishedStep, Held, JournalNode } from './model.ts';
import type { PastSteps } from './past-steps.ts';
import { pathIn, placeOf, type PathStop } from './step-path.ts';

/**
 * Whether a step lies before the start, or beside it: in another branch of a parallel, or a later item of a loop that
 * takes several at once. What lies beside is reused only when its definition is the same.
 */
type Side = 'before' | 'beside';

/** A journal with the results of an earlier run, up to a step and not beyond. */
export interface Seeded {
  journal: JournalNode;
  /** Paths of the finished steps in the journal; what is inside them is reused with them. */
  done: Set<string>;
  /** Paths of steps whose definition is another one now. */
  changed: Set<string>;
}

/**
 * Makes the journal of a run that begins at the last of `stops`. All of the other stops are containers that
 * `whyClosed` lets pass. An approval is never reused, nor is the class that it granted.
 */
export function seedJournal(past: PastSteps, stops: PathStop[]): Seeded {
  const seeded: Seeded = { journal: {}, done: new Set(), changed: new Set() };
  new Seeder(past, seeded).upTo(seeded.journal, stops);
  return seeded;
}

/** Why a run cannot begin inside this container, in words; null when it can. */
export function whyClosed(past: PastSteps, { step, path }: PathStop, next: PathStop): string | null {
  if (step.kind === 'while')
    return 'a loop that repeats until a condition holds is done again from its first round';
  if (step.kind === 'try' && next.body !== step.steps)
    return 'the catch and finally steps of a try run only after its own steps';
  const row = past.at(path);
  if (!row) return 'it never began';
  if (row.attempt > 1) return 'it was tried more than once, and its results may be of different attempts';
  if (past.hasOtherFields(step)) return 'its own settings are different in this version';
  if (step.kind === 'forEach' && !row.input) return 'the items that it went through were not kept';
  return null;
}

/** Walks the definition as the interpreter does, and writes down what the earlier run knows. */
class Seeder {
  readonly #past: PastSteps;
  readonly #seeded: Seeded;

  constructor(past: PastSteps, seeded: Seeded) {
    this.#past = past;
    this.#seeded = seeded;
  }

  /** Everything that the walk passes on its way to the last stop. */
  upTo(node: JournalNode, [stop, ...inner]: PathStop[]): void {
    if (!stop) return;
    const { step, path, body, bodyPath } = stop;
    this.#body(node, body.slice(0, body.indexOf(step)), { path: bodyPath, side: 'before' });
    const [next] = inner;
    if (!next) return;
    const opened = this.#open(childNode(node, step.id), step, path);
    if (step.kind === 'branch') opened.taken = caseOf(step.cases, next.body);
    if (step.kind === 'branch' || step.kind === 'try') return this.upTo(childNode(node, step.id), inner);
    this.#around(childNode(node, step.id), stop);
    this.upTo(childNode(childNode(node, step.id), stop.part), inner);
  }

  /** The other branches of a parallel, and the other items of a loop. */
  #around(node: JournalNode, { step, path, part }: PathStop): void {
    if (step.kind === 'parallel')
      for (const branch of step.branches)
        if (branch.id !== part) this.#part(node, step, { path, part: branch.id, side: 'beside' });
    if (step.kind !== 'forEach') return;
    const start = numberOf(part);
    const alone = (step.concurrency ?? 1) === 1;
    for (const item of this.#past.itemsOf(path)) {
      const index = numberOf(item);
      if (index < start) this.#part(node, step, { path, part: item, side: 'before' });
      if (index > start && !alone) this.#part(node, step, { path, part: item, side: 'beside' });
    }
  }

  /** One branch of a parallel or one item of a loop. Finished whole, it keeps nothing but its output. */
  #part(parent: JournalNode, step: Step, at: { path: string; part: string; side: Side }): void {
    const node = childNode(parent, at.part);
    const steps =
      step.kind === 'parallel'
        ? (step.branches.find((branch) => branch.id === at.part)?.steps ?? [])
        : step.kind === 'forEach'
          ? step.steps
          : [];
    this.#body(node, steps, { path: placeOf(step, at.path, at.part), side: at.side });
    const results = steps.map(({ id }) => node.children?.[id]?.done);
    if (results.length === 0 || results.includes(undefined)) return;
    const last = results.findLast((result) => !result?.skipped);
    finishNode(node, { output: last?.output ?? NOTHING });
  }

  #body(node: JournalNode, steps: Step[], { path, side }: { path: string; side: Side }): void {
    for (const step of steps) this.#step(node, step, { path: pathIn(path, step.id), side });
  }

  #step(parent: JournalNode, step: Step, { path, side }: { path: string; side: Side }): void {
    const row = this.#past.at(path);
    if (!row) return;
    const differs = this.#past.isOther(step);
    if (differs) this.#seeded.changed.add(path);
    if (row.kind !== step.kind) return;
    const finished = this.#finished(step, path);
    if (finished && (side === 'before' || !differs)) {
      finishNode(childNode(parent, step.id), finished);
      this.#seeded.done.add(path);
    } else this.#inside(parent, step, { path, side });
  }

  // A step with an approval inside that somebody was asked for is walked again, so that it is asked for again.
  #finished(step: Step, path: string): FinishedStep | null {
    const row = this.#past.at(path);
    if (!row || step.kind === 'approval') return null;
    if (row.status === 'SKIPPED') return { output: NOTHING, skipped: true };
    if (this.#past.askedIn(path)) return null;
    if (row.status === 'SUCCEEDED') return { output: row.output };
    const goesOn = step.onError === 'continue' && this.#past.before(step.id)?.onError === 'continue';
    return row.status === 'FAILED' && row.error && goesOn ? { output: NOTHING, error: row.error } : null;
  }

  /** What is finished inside a container that is not, or that is walked again. */
  #inside(parent: JournalNode, step: Step, at: { path: string; side: Side }): void {
    const row = this.#past.at(at.path);
    if (!row || row.attempt > 1 || this.#past.hasOtherFields(step)) return;
    if (step.kind === 'branch') this.#branch(parent, step, at);
    if (step.kind === 'try') this.#try(parent, step, at);
    const parts = step.kind === 'parallel' ? step.branches.map(({ id }) => id) : this.#past.itemsOf(at.path);
    if (step.kind !== 'parallel' && (step.kind !== 'forEach' || !row.input)) return;
    const node = childNode(parent, step.id);
    this.#open(node, step, at.path);
    for (const part of parts) this.#part(node, step, { ...at, part });
  }

  #branch(parent: JournalNode, step: Step & { kind: 'branch' }, at: { path: string; side: Side }): void {
    const lists = [...step.cases.map((one) => one.steps), step.otherwise ?? []];
    const taken = lists.find((steps) => this.#past.hasAnyOf(steps, at.path));
    if (!taken) return;
    const node = childNode(parent, step.id);
    this.#open(node, step, at.path).taken = caseOf(step.cases, taken);
    this.#body(node, taken, at);
  }

  // Once `catch` ran, the steps that it stands for cannot be told from those that are still to be done.
  #try(parent: JournalNode, step: Step & { kind: 'try' }, at: { path: string; side: Side }): void {
    if (this.#past.hasAnyOf(step.catch ?? [], at.path)) return;
    const node = childNode(parent, step.id);
    this.#open(node, step, at.path);
    this.#body(node, step.steps, at);
    // The clean-up of a try that did not end well belongs after what is done again.
    if (this.#past.at(at.path)?.status === 'SUCCEEDED') this.#body(node, step.finally ?? [], at);
  }

  // With children, however few, the interpreter knows that the step was begun and does not ask its `when` again.
  #open(node: JournalNode, step: Step, path: string) {
    node.attempts = 1;
    node.children ??= {};
    const items = step.kind === 'forEach' ? this.#past.at(path)?.input : null;
    return (node.open ??= items ? { items } : {});
  }
}

const NOTHING: Held = { value: null };

// As the interpreter counts: the cases from 0, and -1 for `otherwise`.
function caseOf(cases: { steps: Step[] }[], taken: Step[]): number {
  return cases.findIndex((one) => one.steps === taken);
}

function numberOf(item: string): number {
  return Number(item.slice(1, -1));
}
