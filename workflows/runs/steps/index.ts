import type { StepByKind, StepKind } from '../../definitions/model.ts';
import type { Engine, Position } from '../engine.ts';
import type { Held } from '../model.ts';
import { runApproval } from './approval.ts';
import { runBranch } from './branch.ts';
import { runCallWorkflow } from './call-workflow.ts';
import { runEffect } from './effect.ts';
import { runFail } from './fail.ts';
import { runForEach } from './for-each.ts';
import { runParallel } from './parallel.ts';
import { runRespond } from './respond.ts';
import { runTransform } from './transform.ts';
import { runTry } from './try.ts';
import { runWait } from './wait.ts';
import { runWhile } from './while.ts';

/** How each kind of step is run: one attempt, giving the output or throwing StepError. */
export const STEP_RUNNERS: {
  [Kind in StepKind]: (engine: Engine, step: StepByKind[Kind], at: Position) => Promise<Held>;
} = {
  transform: runTransform,
  http: runEffect,
  postgres: runEffect,
  email: runEffect,
  branch: runBranch,
  parallel: runParallel,
  forEach: runForEach,
  while: runWhile,
  try: runTry,
  wait: runWait,
  approval: runApproval,
  callWorkflow: runCallWorkflow,
  respond: runRespond,
  fail: runFail,
};
