import { classifyGate } from '../approvals/classify-action.ts';
import { guardedActions } from '../approvals/guarded-actions.ts';
import { highestClass } from '../approvals/highest-class.ts';
import type { ApprovalClass } from '../approvals/model.ts';
import { stepLists, type Step } from '../definitions/model.ts';
import type { FinishedStep, OpenedRun } from './model.ts';
import { TestEnded } from './step-error.ts';
import type { Pin, TestPlan } from './test-plan.ts';

/** What makes a run a test run, for one execution of it. */
export class TestRun {
  readonly plan: TestPlan;
  readonly #run: OpenedRun;
  readonly #guards = new Map<string, ApprovalClass | null>();
  #ended = false;

  constructor(run: OpenedRun, plan: TestPlan) {
    this.#run = run;
    this.plan = plan;
  }

  /** True once the step at which the test ends has finished: what is cancelled then is not cleaned up. */
  get ended(): boolean {
    return this.#ended;
  }

  /** The result that is given to this step, if one is. */
  pinOf({ id }: Step): Pin | undefined {
    return Object.hasOwn(this.plan.pins, id) ? this.plan.pins[id] : undefined;
  }

  /** Called when a step has finished. Throws TestEnded after the one at which the test ends. */
  finished({ id }: Step, { output, skipped }: FinishedStep): void {
    if (skipped || id !== this.plan.until) return;
    this.#ended = true;
    throw new TestEnded(output);
  }

  /** The highest class of the approval steps that the definition puts before this action; null when there is none. */
  guardOf({ id }: Step): ApprovalClass | null {
    let guard = this.#guards.get(id);
    if (guard === undefined) this.#guards.set(id, (guard = this.#findGuard(id)));
    return guard;
  }

  #findGuard(id: string): ApprovalClass | null {
    const { flow, launchStage: stage } = this.#run;
    const classes = approvalsIn(flow.steps).map((gate) => {
      const guarded = guardedActions(flow, gate.id);
      if (!guarded.some((action) => action.stepId === id)) return null;
      return classifyGate({ declared: gate.with.class, guarded: guarded.map((one) => one.class), stage });
    });
    return highestClass(classes);
  }
}

function approvalsIn(steps: Step[]): (Step & { kind: 'approval' })[] {
  return steps.flatMap((step) => [
    ...(step.kind === 'approval' ? [step] : []),
    ...stepLists(step).flatMap((list) => approvalsIn(list.steps)),
  ]);
}
