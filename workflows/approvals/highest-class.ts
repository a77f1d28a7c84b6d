import { APPROVAL_CLASSES, type ApprovalClass } from './model.ts';

/** The highest of some classes, or null when there is none. */
export function highestClass(classes: readonly (ApprovalClass | null | undefined)[]): ApprovalClass | null {
  return APPROVAL_CLASSES.toReversed().find((one) => classes.includes(one)) ?? null;
}
