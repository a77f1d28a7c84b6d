import { z } from 'zod';
import { Prisma } from '../../prisma/database.ts';
import type { RunId, WorkflowId } from '../../workflows/ids.ts';
import { idField } from '../input-fields.ts';
import { pageFields, readCursor, toPage, type Page } from '../page.ts';
import { query } from '../query.ts';

/** Runs that failed for one reason. What differs among them is told by the newest. */
export interface FailureGroup {
  fingerprint: string;
  workflowId: WorkflowId;
  workflowName: string;
  stepId: string | null;
  code: string;
  message: string;
  count: number;
  /** How many of them were not run again since. */
  open: number;
  firstAt: string;
  lastAt: string;
  newestRunId: RunId;
}

const failureFilter = z.strictObject({
  workflowId: idField.nullish(),
  /** Only failures from this moment on count. */
  since: z.iso.datetime({ offset: true, error: 'Write a time such as 2026-01-31T09:00:00Z.' }).nullish(),
});

/** The reasons for which the tenant's runs failed or timed out, the one that struck last first. */
export const listFailures = query({
  permission: 'runs.read',
  input: z.strictObject({ ...pageFields, filter: failureFilter.nullish() }),
  run: async ({ db, tenantId }, { first, after, filter }): Promise<Page<FailureGroup>> => {
    const start = readCursor(after);
    const ofWorkflow = filter?.workflowId
      ? Prisma.sql`AND r.workflow_id = ${filter.workflowId}::uuid`
      : Prisma.empty;
    const since = filter?.since ? Prisma.sql`AND r.finished_at >= ${new Date(filter.since)}` : Prisma.empty;
    const beyond = start
      ? Prisma.sql`WHERE (g.last_at, g.newest) < (${start.at}, ${start.id}::uuid)`
      : Prisma.empty;
    const rows = await db.$queryRaw<Row[]>`
      WITH g AS (
        SELECT r.failure_fingerprint AS fingerprint, count(*)::int AS count,
          min(r.finished_at) AS first_at, max(r.finished_at) AS last_at,
          (array_agg(r.id ORDER BY r.finished_at DESC, r.id DESC))[1] AS newest,
          array_agg(r.id) AS ids
        FROM run r
        WHERE r.tenant_id = ${tenantId}::uuid AND r.failure_fingerprint IS NOT NULL
          AND r.finished_at IS NOT NULL ${ofWorkflow} ${since}
        GROUP BY r.failure_fingerprint
      ), page AS (
        SELECT * FROM g ${beyond} ORDER BY g.last_at DESC, g.newest DESC LIMIT ${first + 1}
      )
      SELECT page.fingerprint, page.count, page.first_at AS "firstAt", page.last_at AS "lastAt", page.newest AS id,
        n.workflow_id AS "workflowId", n.workflow_name AS "workflowName", n.error,
        page.count - (
          SELECT count(DISTINCT a.rerun_of)::int FROM run a
          WHERE a.tenant_id = ${tenantId}::uuid AND a.rerun_of = ANY(page.ids)
        ) AS open
      FROM page JOIN run n ON n.tenant_id = ${tenantId}::uuid AND n.id = page.newest
      ORDER BY page.last_at DESC, page.newest DESC`;
    return toPage(rows, first, { at: (row) => row.lastAt, node: toGroup });
  },
});

interface Row {
  id: string;
  fingerprint: string;
  count: number;
  open: number;
  firstAt: Date;
  lastAt: Date;
  workflowId: string;
  workflowName: string;
  error: { code: string; message: string; stepId: string | null };
}

function toGroup({ id, fingerprint, count, open, workflowName, ...row }: Row): FailureGroup {
  const { code, message, stepId } = row.error;
  return {
    ...{ fingerprint, count, open, workflowName, code, message, stepId },
    workflowId: row.workflowId as WorkflowId,
    firstAt: row.firstAt.toISOString(),
    lastAt: row.lastAt.toISOString(),
    newestRunId: id as RunId,
  };
}
