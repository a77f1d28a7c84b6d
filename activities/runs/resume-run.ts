import { z } from 'zod';
import type { RunId } from '../../workflows/ids.ts';
import { idField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { findOpenRun } from './find-run.ts';
import type { RunRef } from './begin-run.ts';

/**
 * Lets a paused run go on. Also right for a run whose pause has not shown in its status yet; one that is not paused
 * goes on as before. Throws NOT_FOUND, or PRECONDITION_FAILED `run_finished`.
 */
export const resumeRun = verb({
  action: 'run.resume',
  permission: 'runs.control',
  input: z.strictObject({ runId: idField }),
  run: async ({ db, tenantId, target, enqueue }, input): Promise<RunRef> => {
    const runId = input.runId as RunId;
    await findOpenRun(db, tenantId, runId);
    target(runId);
    await enqueue({ kind: 'pauseRun', runId, paused: false });
    return { id: runId };
  },
});
