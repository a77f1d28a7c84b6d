import type { Held, RunError } from '../../workflows/runs/model.ts';
import type { FinalRunStatus } from '../../workflows/runs/model.ts';
import type { Found } from './reconcile-look.ts';

/** What is to be done about a run that is open here. */
export type Repair =
  | { do: 'nothing' }
  | { do: 'start' }
  | { do: 'end'; status: FinalRunStatus; output: Held | null; error: RunError | null };

/**
 * Decides how a run that is open in the database is put right, by how Temporal has it. A run that has not begun and is
 * not known there is started again: nothing of it was done.
 */
export function repairOf(found: Found, { begun }: { begun: boolean }): Repair {
  switch (found.state) {
    case 'OPEN':
      return { do: 'nothing' };
    case 'MISSING':
      return begun ? failed('RUN_LOST', LOST) : { do: 'start' };
    case 'COMPLETED':
      return { do: 'end', status: 'SUCCEEDED', output: found.output, error: null };
    case 'FAILED':
      return { do: 'end', status: 'FAILED', output: null, error: found.error };
    case 'CANCELLED':
      return { do: 'end', status: 'CANCELLED', output: null, error: null };
    case 'TERMINATED':
      return failed(
        'RUN_TERMINATED',
        found.why === null ? TERMINATED : `${TERMINATED} Reason given: ${found.why}`,
      );
    case 'TIMED_OUT':
      return { ...failed('RUN_TIMED_OUT', TIMED_OUT), status: 'TIMED_OUT' };
  }
}

const LOST =
  'Temporal no longer knows this run. What it had begun was not finished. Run it again from a step.';
const TERMINATED = 'This run was terminated in Temporal, without any clean-up.';
const TIMED_OUT = 'Temporal ended this run because it took longer than it was allowed to there.';

function failed(code: string, message: string): Repair & { do: 'end' } {
  const error = { code, message, stepId: null, path: null, details: null };
  return { do: 'end', status: 'FAILED', output: null, error };
}
