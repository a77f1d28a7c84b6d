import { z } from 'zod';
import { idField, textField } from '../input-fields.ts';
import { query } from '../query.ts';
import { findRun } from './find-run.ts';
import { toStepView, type StepView } from './step-view.ts';

/** One step of a run by its path; null when the run has not come to it. Throws NOT_FOUND for the run. */
export const getStep = query({
  permission: 'runs.read',
  input: z.strictObject({ runId: idField, path: textField(2_000) }),
  run: async ({ db, tenantId }, { runId, path }): Promise<StepView | null> => {
    await findRun(db, tenantId, runId);
    const row = await db.runStep.findFirst({ where: { tenantId, runId, path } });
    return row && toStepView(row);
  },
});
