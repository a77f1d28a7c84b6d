import { z } from 'zod';
import { idField } from '../input-fields.ts';
import type { Page } from '../page.ts';
import { query } from '../query.ts';
import { findRun } from './find-run.ts';
import { readSequenceCursor, toSequenceCursor } from './sequence-cursor.ts';
import { toStepView, type StepView } from './step-view.ts';

/** The most steps of one page. */
export const MAX_STEPS = 1_000;

/** The steps of a run in the order in which they began. Throws NOT_FOUND. */
export const listSteps = query({
  permission: 'runs.read',
  input: z.strictObject({
    runId: idField,
    first: z.int().min(1).max(MAX_STEPS).default(MAX_STEPS),
    after: z.string().max(2_000).nullish(),
  }),
  run: async ({ db, tenantId }, { runId, first, after }): Promise<Page<StepView>> => {
    await findRun(db, tenantId, runId);
    const [sequence, path] = readSequenceCursor(after, POSITION) ?? [-1, ''];
    const rows = await db.runStep.findMany({
      where: {
        tenantId,
        runId,
        OR: [{ sequence: { gt: sequence } }, { sequence, path: { gt: path } }],
      },
      orderBy: [{ sequence: 'asc' }, { path: 'asc' }],
      take: first + 1,
    });
    const items = rows.slice(0, first).map((row) => ({
      cursor: toSequenceCursor([row.sequence, row.path]),
      node: toStepView(row),
    }));
    return { items, endCursor: items.at(-1)?.cursor ?? null, hasNextPage: rows.length > first };
  },
});

const POSITION = z.tuple([z.int(), z.string()]);
