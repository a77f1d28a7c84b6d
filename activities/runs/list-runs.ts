import { z } from 'zod';
import { Prisma } from '../../prisma/database.ts';
import type { TenantId } from '../../workflows/ids.ts';
import { RUN_STATUSES } from '../../workflows/runs/model.ts';
import type { Actor } from '../context.ts';
import { idField } from '../input-fields.ts';
import { afterCursor, pageFields, readCursor, toPage, type Page } from '../page.ts';
import { query } from '../query.ts';
import { fingerprintField } from './failure-fields.ts';
import { toRunView, type RunView } from './run-view.ts';

const timeField = z.iso.datetime({ offset: true, error: 'Write a time such as 2026-01-31T09:00:00Z.' });

/** Which runs to list; all conditions hold together. A run counts as started when it was asked for (`createdAt`). */
export const runFilter = z.strictObject({
  workflowId: idField.nullish(),
  status: z.array(z.enum(RUN_STATUSES)).max(RUN_STATUSES.length).nullish(),
  startedAfter: timeField.nullish(),
  startedBefore: timeField.nullish(),
  startedByMe: z.boolean().nullish(),
  parentRunId: idField.nullish(),
  test: z.boolean().nullish(),
  failureFingerprint: fingerprintField.nullish(),
});

/** The tenant's runs, newest first. */
export const listRuns = query({
  permission: 'runs.read',
  input: z.strictObject({ ...pageFields, filter: runFilter.nullish() }),
  run: async ({ db, tenantId, actor }, { first, after, filter }): Promise<Page<RunView>> => {
    const rows = await db.run.findMany({
      where: {
        AND: [
          { tenantId, ...afterCursor('createdAt', readCursor(after)) },
          filter ? conditions(tenantId, actor, filter) : {},
        ],
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: first + 1,
      omit: { carry: true, testDraft: true },
    });
    return toPage(rows, first, { at: (row) => row.createdAt, node: toRunView });
  },
});

function conditions(
  tenantId: TenantId,
  actor: Actor,
  filter: z.output<typeof runFilter>,
): Prisma.RunWhereInput {
  const { workflowId, status, startedAfter, startedBefore, startedByMe, parentRunId, failureFingerprint } =
    filter;
  return {
    tenantId,
    ...(workflowId && { workflowId }),
    ...(status && { status: { in: status } }),
    ...(parentRunId && { parentRunId }),
    ...(isBoolean(filter.test) && { test: filter.test ? { not: Prisma.DbNull } : { equals: Prisma.DbNull } }),
    ...(failureFingerprint && { failureFingerprint }),
    ...(startedByMe && { starterId: starterIdOf(actor) }),
    createdAt: {
      ...(startedAfter && { gt: new Date(startedAfter) }),
      ...(startedBefore && { lt: new Date(startedBefore) }),
    },
  };
}

const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

// A service is known by its key, a person by who they are, whatever key they used.
function starterIdOf(actor: Actor): string {
  if (actor.kind === 'person') return actor.personId;
  if (actor.kind === 'service') return actor.apiKeyId;
  if (actor.kind === 'workflow') return actor.runId;
  if (actor.kind === 'webhook') return actor.webhookId;
  return actor.kind === 'schedule' ? actor.scheduleId : actor.name;
}
