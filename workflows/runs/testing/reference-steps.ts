import type { ApprovalClass } from '../../approvals/model.ts';
import { stepLists, type Step, type StepKind } from '../../definitions/model.ts';
import type { Failure } from './reference-model.ts';

const WHOLE: StepKind[] = ['branch', 'parallel', 'forEach', 'while', 'try', 'callWorkflow', 'wait'];

/** Another attempt can help an effect whose failure may pass, and whatever holds other work; no person's word. */
export function mayPass(step: Step, { error: { code }, passing }: Failure): boolean {
  if (code === 'EXPRESSION_FAILED' || code.startsWith('APPROVAL_')) return false;
  return WHOLE.includes(step.kind) || passing;
}

/** The higher of two classes. */
export const higher = (one: ApprovalClass | null, other: ApprovalClass | null): ApprovalClass | null =>
  one === null || (other !== null && other > one) ? other : one;

/** The class of what a step does itself; random definitions have a few statements only. */
export function actionClass(step: Step): ApprovalClass | null {
  if (step.kind === 'email') return 'A';
  if (step.kind === 'http') return (step.with.method ?? 'GET') === 'GET' ? null : 'A';
  if (step.kind !== 'postgres' || step.with.sql.startsWith('SELECT')) return null;
  return step.with.sql.startsWith('CALL') ? 'B' : 'A';
}

/** Every step that can run once this one is over. */
export function stepsAfter(steps: Step[], id: string): Step[] {
  for (const [i, step] of steps.entries()) {
    const rest = steps.slice(i + 1).flatMap(allOf);
    if (step.id === id) return rest;
    for (const { steps: inner } of stepLists(step))
      if (inner.flatMap(allOf).some((one) => one.id === id)) return [...stepsAfter(inner, id), ...rest];
  }
  return [];
}

function allOf(step: Step): Step[] {
  return [step, ...stepLists(step).flatMap(({ steps }) => steps.flatMap(allOf))];
}
