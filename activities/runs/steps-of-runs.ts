import { z } from 'zod';
import { Prisma } from '../../prisma/database.ts';
import { idField } from '../input-fields.ts';
import { MAX_PAGE } from '../page.ts';
import { query } from '../query.ts';
import { MAX_STEPS } from './list-steps.ts';
import { toStepView, type StepRow, type StepView } from './step-view.ts';

/**
 * Steps (at most MAX_STEPS) of each of several runs, for a page of runs: all that did not end well before the others, so
 * that a long loop does not hide what failed or waits in it; in the order in which they began. A run that is not there
 * has none.
 */
export const stepsOfRuns = query({
  permission: 'runs.read',
  input: z.strictObject({ runIds: z.array(idField).max(MAX_PAGE) }),
  run: async ({ db, tenantId }, { runIds }): Promise<Map<string, StepView[]>> => {
    const found = new Map<string, StepView[]>(runIds.map((runId) => [runId, []]));
    const rows = await db.$queryRaw<StepRow[]>`
      SELECT s.* FROM unnest(${runIds}::uuid[]) AS wanted(run_id) CROSS JOIN LATERAL (
        SELECT ${COLUMNS} FROM run_step WHERE tenant_id = ${tenantId}::uuid AND run_id = wanted.run_id
        ORDER BY status IN ('SUCCEEDED', 'SKIPPED'), sequence, path LIMIT ${MAX_STEPS}
      ) AS s ORDER BY s."runId", s.sequence, s.path`;
    for (const row of rows) found.get(row.runId)?.push(toStepView(row));
    return found;
  },
});

const COLUMNS = Prisma.sql`run_id AS "runId", path, step_id AS "stepId", kind, status, attempt, sequence, input,
  input_ref AS "inputRef", output, output_ref AS "outputRef", error, waiting_for AS "waitingFor", until,
  started_at AS "startedAt", finished_at AS "finishedAt", reused_from AS "reusedFrom"`;
