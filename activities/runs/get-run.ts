import { z } from 'zod';
import { idField } from '../input-fields.ts';
import { query } from '../query.ts';
import { findRun } from './find-run.ts';
import { toRunView, type RunView } from './run-view.ts';

/** One run. Throws NOT_FOUND. */
export const getRun = query({
  permission: 'runs.read',
  input: z.strictObject({ runId: idField }),
  run: async ({ db, tenantId }, { runId }): Promise<RunView> => toRunView(await findRun(db, tenantId, runId)),
});
