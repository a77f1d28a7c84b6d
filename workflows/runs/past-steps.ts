import { indexSteps, type IndexedStep } from '../definitions/diff/index-steps.ts';
import { stepLists, type Flow, type Step, type StepKind } from '../definitions/model.ts';
import { canonicalJson, definitionJson, type Json } from '../json.ts';
import type { Held, RunError, StepStatus } from './model.ts';
import { holdersOf, pathIn } from './step-path.ts';

/** A step of a run that is over, as it was recorded. */
export interface PastStep {
  path: string;
  stepId: string;
  kind: StepKind;
  status: StepStatus;
  attempt: number;
  sequence: number;
  /** What it was given; null when that was not recorded. */
  input: Held | null;
  output: Held;
  error: RunError | null;
}

/** The steps of a run that is over, and how their definitions differ from those of another version. */
export class PastSteps {
  readonly all: readonly PastStep[];
  readonly #byPath: Map<string, PastStep>;
  readonly #asked = new Set<string>();
  readonly #items = new Map<string, Set<string>>();
  readonly #before = new Map<string, Step>();
  readonly #fieldsBefore: Map<string, IndexedStep>;
  readonly #fieldsNow: Map<string, IndexedStep>;

  /** `from` is the definition that the run had, `to` the one to compare it with. */
  constructor(all: readonly PastStep[], { from, to }: { from: Flow; to: Flow }) {
    this.all = all;
    this.#byPath = new Map(all.map((step) => [step.path, step]));
    for (const step of all) this.#noteHolders(step);
    this.#fieldsBefore = indexSteps(from);
    this.#fieldsNow = indexSteps(to);
    this.#noteSteps(from.steps);
  }

  at(path: string): PastStep | undefined {
    return this.#byPath.get(path);
  }

  /** The step of this id in the run's own definition. */
  before(stepId: string): Step | undefined {
    return this.#before.get(stepId);
  }

  /** True when an approval at this path or inside was asked for. */
  askedIn(path: string): boolean {
    return this.#asked.has(path);
  }

  /** The items of a loop in which something happened, such as `[0]`. */
  itemsOf(path: string): string[] {
    return [...(this.#items.get(path) ?? [])];
  }

  /** True when one of these steps, in the body at `path`, was reached. */
  hasAnyOf(steps: Step[], path: string): boolean {
    return steps.some((step) => this.#byPath.has(pathIn(path, step.id)));
  }

  /** True when the step, or anything inside it, is defined in another way than before. */
  isOther(step: Step): boolean {
    const before = this.#before.get(step.id);
    return !before || textOf(before) !== textOf(step);
  }

  /** True when the step's own fields (without its titles and the steps inside) are other ones than before. */
  hasOtherFields({ id }: Step): boolean {
    return fieldsOf(this.#fieldsBefore.get(id)) !== fieldsOf(this.#fieldsNow.get(id));
  }

  #noteHolders({ path, kind, status }: PastStep): void {
    const holders = holdersOf(path);
    if (kind === 'approval' && status !== 'SKIPPED')
      for (const one of [path, ...holders]) this.#asked.add(one);
    for (const holder of holders) {
      const item = ITEM.exec(holder);
      if (!item?.[1] || !item[2]) continue;
      const items = this.#items.get(item[1]) ?? new Set();
      this.#items.set(item[1], items.add(item[2]));
    }
  }

  #noteSteps(steps: Step[]): void {
    for (const step of steps) {
      this.#before.set(step.id, step);
      for (const list of stepLists(step)) this.#noteSteps(list.steps);
    }
  }
}

const ITEM = /^(.*)(\[\d+\])$/;
/** Titles for people change nothing. */
const TITLES = new Set(['name', 'description']);

function fieldsOf(step: IndexedStep | undefined): string {
  const fields = [...(step?.fields ?? [])].filter(([name]) => !TITLES.has(name));
  return canonicalJson(Object.fromEntries(fields.map(([name, { value }]): [string, Json] => [name, value])));
}

function textOf(step: Step): string {
  return canonicalJson(definitionJson(step));
}
