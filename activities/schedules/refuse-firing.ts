import type { Database } from '../../prisma/database.ts';
import type { DomainError } from '../../workflows/errors.ts';
import type { RunId, TenantId } from '../../workflows/ids.ts';
import { appendAudit } from '../audit.ts';
import type { Actor } from '../context.ts';

/** The audit log's word for a schedule that was due and could not start a run. */
export const REFUSED = 'schedule.refused';

/** A time at which a schedule was due. `runId` is the run that would have been, the same at each attempt. */
export interface Firing {
  tenantId: TenantId;
  scheduleId: string;
  scheduledFor: string;
  runId: RunId;
  actor: Actor;
}

/** Writes down, once for each time, that a schedule was due and why no run could be started. */
export async function refuseFiring(database: Database, firing: Firing, error: DomainError): Promise<void> {
  const { tenantId, scheduleId, scheduledFor, runId, actor } = firing;
  const { code, reason, message } = error;
  await database.withTenant(tenantId, async (db) => {
    const where = { tenantId, target: scheduleId, action: REFUSED, requestId: runId };
    if (await db.auditEvent.findFirst({ where, select: { sequence: true } })) return;
    const details = { scheduledFor, code, reason, message };
    await appendAudit(db, { actor, action: REFUSED, target: scheduleId, requestId: runId, details });
  });
}
