import type { Step } from '../definitions/model.ts';
import type { EffectOutcome, RunKey } from './activities.ts';
import { Evaluator } from './evaluator.ts';
import type { Inbox } from './inbox.ts';
import type { Held, JournalNode, OpenedRun, RunCarry, RunResponse, RunStatus, StepEvent } from './model.ts';
import type { Ports } from './ports.ts';
import { Recorder } from './recorder.ts';
import type { Scope } from './scope.ts';
import { ContinueInNewHistory } from './step-error.ts';
import { TestRun } from './test-run.ts';

/** Where the interpreter stands: a path in the run, its node in the journal, and what can be seen from there. */
export interface Position {
  path: string;
  node: JournalNode;
  scope: Scope;
  /** True in clean-up that no cancellation, pause or new history may interrupt. */
  shielded: boolean;
  /** True when something that holds this place may be tried again. */
  again: boolean;
}

/** What happened to a step, without what the position tells. */
export type StepHappening = Omit<StepEvent, 'path' | 'stepId' | 'stepKind' | 'attempt' | 'sequence' | 'at'>;

/** Runs the steps of a body in order. Gives the output of the last one that ran, or null. */
export type RunSteps = (engine: Engine, steps: Step[], at: Position) => Promise<Held>;

/** What a run starts with: its own state, or a new one. */
export interface GraphStart {
  key: RunKey;
  carry: RunCarry;
  inbox: Inbox;
  controls: Controls;
  /** When the run began, if that is not written yet: ISO 8601. */
  begunAt: string | null;
}

/** What people can change about a run that is under way. */
export interface Controls {
  paused: boolean;
}

/**
 * The cost of expressions and steps after which the run lets the server breathe. One activation of a workflow has a
 * few seconds; this is well below, whatever the machine.
 */
const ACTIVATION_BUDGET = 300_000;
const COST_OF_A_STEP = 500;

/** What one execution of a run shares among its steps. */
export class Engine {
  readonly ports: Ports;
  readonly run: OpenedRun;
  readonly key: RunKey;
  readonly evaluator: Evaluator;
  readonly recorder: Recorder;
  readonly inbox: Inbox;
  readonly journal: JournalNode;
  /** Given from outside, so that the kinds of container need not import the interpreter that runs them. */
  readonly runSteps: RunSteps;
  /** Set in a test run. */
  readonly test: TestRun | null;
  /** Changed from outside, by the pause signal. */
  readonly controls: Controls;
  response: RunResponse | null;
  #working = 0;
  #waiting = 0;
  #spentOnSteps = 0;

  constructor(ports: Ports, run: OpenedRun, state: GraphStart & { runSteps: RunSteps }) {
    this.ports = ports;
    this.run = run;
    this.key = state.key;
    this.journal = state.carry.journal;
    this.evaluator = new Evaluator(ports, () => JSON.stringify(this.journal).length);
    this.recorder = new Recorder(ports, { ...state.carry, begunAt: state.begunAt }, () => this.#status());
    this.inbox = state.inbox;
    this.runSteps = state.runSteps;
    this.controls = state.controls;
    this.test = run.test ? new TestRun(run, run.test) : null;
    this.response = state.carry.response;
    if (this.response) this.recorder.answer(this.response);
  }

  /** Between two steps: stops for a cancellation or a new history, waits while paused, and yields when it is time. */
  async gate({ shielded }: Position): Promise<void> {
    if (!shielded) {
      this.ports.throwIfCancelled();
      if (this.controls.paused)
        await this.waiting(() =>
          this.ports.waitUntil(() => !this.controls.paused || this.ports.historyIsLong(), null),
        );
      if (this.ports.historyIsLong()) throw new ContinueInNewHistory();
    }
    this.#spentOnSteps += COST_OF_A_STEP;
    if (this.recorder.isFull) await this.recorder.flush();
    if (this.#spentOnSteps + this.evaluator.spent > ACTIVATION_BUDGET) await this.#yield();
  }

  /** Notes what happened to a step's present attempt. */
  record(step: Step, at: Position, event: StepHappening): void {
    const attempt = at.node.attempts ?? 1;
    this.recorder.add({ path: at.path, stepId: step.id, stepKind: step.kind, attempt, ...event });
  }

  /** Takes the run's answer to whoever started it. The first stands. */
  respond(response: RunResponse): void {
    if (this.response) return;
    this.response = response;
    this.recorder.answer(response);
  }

  /** Does one attempt of an effect, which may store the events that wait meanwhile. The run shows as RUNNING. */
  effect(input: Parameters<Ports['effect']>[0]): Promise<EffectOutcome> {
    return this.working(async () => {
      const record = this.run.effectsRecord ? this.recorder.takeAlong() : null;
      if (!record) return this.ports.effect(input);
      let outcome: EffectOutcome | null = null;
      try {
        return (outcome = await this.ports.effect({ ...input, record }));
      } finally {
        if (!outcome?.recorded) this.recorder.giveBack(record);
      }
    });
  }

  /** Work on the outside world. The run shows as RUNNING. */
  async working<T>(work: () => Promise<T>): Promise<T> {
    this.#working++;
    try {
      return await work();
    } finally {
      this.#working--;
    }
  }

  /** A wait for a time, an event or a person. The run shows as WAITING while nothing else goes on. */
  async waiting<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting++;
    try {
      return await work();
    } finally {
      this.#waiting--;
    }
  }

  /** Waits until `ready` or the deadline; unwinds when the run must go on in a new history meanwhile. */
  async waitUntil(ready: () => boolean, deadline: number | null, { shielded }: Position): Promise<boolean> {
    if (!shielded) this.ports.throwIfCancelled();
    const long = () => !shielded && this.ports.historyIsLong();
    const inTime = await this.ports.waitUntil(() => ready() || long(), deadline);
    if (inTime && !ready()) throw new ContinueInNewHistory();
    return inTime;
  }

  #status(): RunStatus {
    if (this.controls.paused) return 'PAUSED';
    return this.#working === 0 && this.#waiting > 0 ? 'WAITING' : 'RUNNING';
  }

  // Storing events ends the activation; where there are none, the shortest timer does.
  async #yield(): Promise<void> {
    this.#spentOnSteps = 0;
    this.evaluator.resetSpent();
    const before = this.ports.now();
    await this.recorder.flush();
    if (this.ports.now() === before) await this.ports.waitUntil(() => false, before + 1);
  }
}
