import { z } from 'zod';
import type { RunId } from '../../workflows/ids.ts';
import { idField, textField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { findOpenRun } from './find-run.ts';
import { OPEN } from './run-state.ts';
import type { RunRef } from './begin-run.ts';

/**
 * Asks a run to stop. It ends as CANCELLED once its clean-up is done; asking again changes nothing.
 * Throws NOT_FOUND, or PRECONDITION_FAILED `run_finished`.
 */
export const cancelRun = verb({
  action: 'run.cancel',
  permission: 'runs.control',
  input: z.strictObject({ runId: idField, reason: textField(2000).nullish() }),
  run: async ({ db, tenantId, target, enqueue }, input): Promise<RunRef> => {
    const runId = input.runId as RunId;
    await findOpenRun(db, tenantId, runId);
    await db.run.updateMany({
      where: { tenantId, id: runId, status: OPEN, cancelRequestedAt: null },
      data: { cancelRequestedAt: new Date() },
    });
    target(runId, { reason: input.reason ?? null });
    await enqueue({ kind: 'cancelRun', runId });
    return { id: runId };
  },
});
