import type { Step } from '../definitions/model.ts';
import type { HttpStep } from '../definitions/nodes/http.ts';
import { classifySql } from './classify-sql.ts';
import { highestClass } from './highest-class.ts';
import type { ApprovalClass } from './model.ts';
import type { LaunchStage } from '../launch-stage.ts';

/**
 * The approval class of what a step does outside, from facts that stand in the definition; null when it changes
 * nothing there. The steps inside a container and inside a called workflow have classes of their own.
 */
export function classifyAction(step: Step): ApprovalClass | null {
  switch (step.kind) {
    case 'http':
      return CLASS_OF_METHOD[step.with.method ?? 'GET'];
    case 'email':
      return 'A';
    case 'postgres':
      return classifySql(step.with.sql);
    default:
      return null;
  }
}

const CLASS_OF_METHOD: Record<NonNullable<HttpStep['with']['method']>, ApprovalClass | null> = {
  GET: null,
  HEAD: null,
  OPTIONS: null,
  POST: 'A',
  PUT: 'A',
  PATCH: 'A',
  DELETE: 'A',
};

/** What decides the class that an action needs in the end. */
export interface ClassFacts {
  /** The class of the action itself, from {@link classifyAction}. */
  action: ApprovalClass | null;
  /** The class that the definition asks for. It can raise, never lower. */
  declared?: ApprovalClass | undefined;
  stage: LaunchStage;
}

/** The class that an action needs: the higher of fact and declaration, and before launch at least B. Null: none. */
export function requiredClass({ action, declared, stage }: ClassFacts): ApprovalClass | null {
  const highest = highestClass([action, declared]);
  return highest === 'A' && stage === 'pre-launch' ? 'B' : highest;
}

/** The class of an approval step: the highest of what it declares (B when it says nothing) and what it guards. */
export function classifyGate(facts: {
  declared?: ApprovalClass | undefined;
  guarded: readonly (ApprovalClass | null)[];
  stage: LaunchStage;
}): ApprovalClass {
  const { declared = 'B', guarded, stage } = facts;
  return requiredClass({ action: highestClass(guarded), declared, stage }) ?? declared;
}
