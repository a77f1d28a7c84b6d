import { z } from 'zod';
import { idField } from '../input-fields.ts';
import { MAX_PAGE } from '../page.ts';
import { query } from '../query.ts';

/** How many steps each of several runs has come to. A run that is not there has none. */
export const countSteps = query({
  permission: 'runs.read',
  input: z.strictObject({ runIds: z.array(idField).max(MAX_PAGE) }),
  run: async ({ db, tenantId }, { runIds }): Promise<Map<string, number>> => {
    const counted = await db.runStep.groupBy({
      by: ['runId'],
      where: { tenantId, runId: { in: runIds } },
      _count: { _all: true },
    });
    const counts = new Map(counted.map(({ runId, _count }) => [runId, _count._all]));
    return new Map(runIds.map((runId) => [runId, counts.get(runId) ?? 0]));
  },
});
