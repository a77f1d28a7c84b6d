import { FINAL_RUN_STATUSES } from '../../workflows/runs/model.ts';

/** True for the status of a run that is over and never changes again. */
export function isFinal(status: string): boolean {
  return FINAL_RUN_STATUSES.some((final) => final === status);
}

/** Selects runs that are not over. */
export const OPEN = { notIn: [...FINAL_RUN_STATUSES] };
