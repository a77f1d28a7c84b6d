import { z } from 'zod';
import type { Json, JsonObject } from '../../workflows/json.ts';
import type { RunId } from '../../workflows/ids.ts';
import type { RunStatus } from '../../workflows/runs/model.ts';
import { idField } from '../input-fields.ts';
import { query } from '../query.ts';
import { REFUSED } from './refuse-firing.ts';

/** One run that a schedule started. Times are ISO 8601. */
export interface ScheduledRun {
  id: RunId;
  status: RunStatus;
  version: number;
  scheduledFor: string | null;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
}

/** One time at which a schedule was due and no run could be started. Times are ISO 8601. */
export interface RefusedFiring {
  at: string;
  scheduledFor: string;
  /** Stable, for programs. */
  reason: string;
  message: string;
}

const input = z.strictObject({ scheduleId: idField, first: z.int().min(1).max(100).default(10) });

/** The newest runs that a schedule started. */
export const listScheduledRuns = query({
  permission: 'schedules.read',
  input,
  run: async ({ db, tenantId }, { scheduleId, first }): Promise<ScheduledRun[]> => {
    const rows = await db.run.findMany({
      where: { tenantId, scheduleId },
      select: {
        ...{ id: true, status: true, version: true, scheduledFor: true },
        ...{ createdAt: true, startedAt: true, finishedAt: true },
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: first,
    });
    return rows.map((row) => ({
      id: row.id as RunId,
      status: row.status as RunStatus,
      version: row.version,
      scheduledFor: row.scheduledFor?.toISOString() ?? null,
      createdAt: row.createdAt.toISOString(),
      startedAt: row.startedAt?.toISOString() ?? null,
      finishedAt: row.finishedAt?.toISOString() ?? null,
    }));
  },
});

/** The newest times at which a schedule was due and no run could be started, as the audit log has them. */
export const listRefusedFirings = query({
  permission: 'schedules.read',
  input,
  run: async ({ db, tenantId }, { scheduleId, first }): Promise<RefusedFiring[]> => {
    const rows = await db.auditEvent.findMany({
      where: { tenantId, target: scheduleId, action: REFUSED },
      orderBy: { sequence: 'desc' },
      take: first,
    });
    return rows.map((row) => {
      const details = row.details as JsonObject;
      return {
        at: row.at.toISOString(),
        scheduledFor: textOf(details['scheduledFor']),
        reason: textOf(details['reason']),
        message: textOf(details['message']),
      };
    });
  },
});

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
