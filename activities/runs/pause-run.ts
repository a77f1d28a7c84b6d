import { z } from 'zod';
import type { RunId } from '../../workflows/ids.ts';
import { idField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { findOpenRun } from './find-run.ts';
import type { RunRef } from './begin-run.ts';

/**
 * Asks a run to hold before its next step; a step that is under way ends first. The status becomes PAUSED when the
 * run holds. Asking again changes nothing. Throws NOT_FOUND, or PRECONDITION_FAILED `run_finished`.
 */
export const pauseRun = verb({
  action: 'run.pause',
  permission: 'runs.control',
  input: z.strictObject({ runId: idField }),
  run: async ({ db, tenantId, target, enqueue }, input): Promise<RunRef> => {
    const runId = input.runId as RunId;
    await findOpenRun(db, tenantId, runId);
    target(runId);
    await enqueue({ kind: 'pauseRun', runId, paused: true });
    return { id: runId };
  },
});
