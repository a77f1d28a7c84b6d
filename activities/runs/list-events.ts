import { z } from 'zod';
import type { StepKind } from '../../workflows/definitions/model.ts';
import type { RunError, StepEventKind } from '../../workflows/runs/model.ts';
import { idField } from '../input-fields.ts';
import type { Page } from '../page.ts';
import { query } from '../query.ts';
import { findRun } from './find-run.ts';
import { readSequenceCursor, toSequenceCursor } from './sequence-cursor.ts';

/** Something that happened to a step. Times are ISO 8601. What it took and gave is told by the step itself. */
export interface EventView {
  path: string;
  stepId: string;
  stepKind: StepKind;
  attempt: number;
  kind: StepEventKind;
  sequence: number;
  at: string;
  error: RunError | null;
  /** Of a WAITING or RETRYING event: until when, and for what. */
  until: string | null;
  waitingFor: string | null;
}

interface EventData {
  error?: RunError | null;
  until?: string | null;
  waitingFor?: string | null;
}

/**
 * What happened in a run, oldest first. Go on with `after`, a page's cursor; `afterSequence` begins behind events
 * that are known already. Throws NOT_FOUND.
 */
export const listEvents = query({
  permission: 'runs.read',
  input: z.strictObject({
    runId: idField,
    first: z.int().min(1).max(1_000).default(100),
    after: z.string().max(2_000).nullish(),
    afterSequence: z.int().min(-1).max(2_147_483_647).nullish(),
  }),
  run: async ({ db, tenantId }, { runId, first, after, afterSequence }): Promise<Page<EventView>> => {
    await findRun(db, tenantId, runId);
    const start = readSequenceCursor(after, POSITION);
    const rows = await db.runEvent.findMany({
      where: { tenantId, runId, sequence: { gt: afterSequence ?? -1 }, ...behind(start) },
      orderBy: [{ sequence: 'asc' }, { path: 'asc' }, { attempt: 'asc' }, { kind: 'asc' }],
      take: first + 1,
    });
    const items = rows.slice(0, first).map((row) => ({
      cursor: toSequenceCursor([row.sequence, row.path, row.attempt, row.kind]),
      node: toEventView(row),
    }));
    return { items, endCursor: items.at(-1)?.cursor ?? null, hasNextPage: rows.length > first };
  },
});

const POSITION = z.tuple([z.int(), z.string(), z.int(), z.string()]);

function behind(start: z.output<typeof POSITION> | null) {
  if (!start) return {};
  const [sequence, path, attempt, kind] = start;
  return {
    OR: [
      { sequence: { gt: sequence } },
      { sequence, path: { gt: path } },
      { sequence, path, attempt: { gt: attempt } },
      { sequence, path, attempt, kind: { gt: kind } },
    ],
  };
}

function toEventView(row: {
  path: string;
  stepId: string;
  stepKind: string;
  attempt: number;
  kind: string;
  sequence: number;
  at: Date;
  data: unknown;
}): EventView {
  const { path, stepId, attempt, sequence } = row;
  const { error = null, until = null, waitingFor = null } = (row.data ?? {}) as EventData;
  return {
    ...{ path, stepId, attempt, sequence, error, until, waitingFor },
    stepKind: row.stepKind as StepKind,
    kind: row.kind as StepEventKind,
    at: row.at.toISOString(),
  };
}
