import { randomUUID } from 'node:crypto';
import type { Db } from '../../prisma/database.ts';
import type { RunId, TenantId } from '../../workflows/ids.ts';
import type { CallProblem } from '../../workflows/webhooks/model.ts';

/** What is remembered of a call: never its body, a header or a secret. */
export interface CallFacts {
  contentType: string | undefined;
  bytes: number;
}

/** A call that starts a run. */
export interface AcceptedCall extends CallFacts {
  runId: RunId;
  httpStatus: number;
  /** By what a repetition is known; null when the sender gave nothing. */
  eventKey: string | null;
  bodyHash: Uint8Array<ArrayBuffer>;
}

/** How many calls are kept for each webhook: so many that started runs, and so many that were refused. */
export const KEPT_DELIVERIES = 1_000;
/** At most so many old ones go at once, and they are looked for so often: to find them costs more than to write one. */
const PRUNED_AT_ONCE = 2_000;
const PRUNE_EVERY_MS = 1_000;

/** Writes a call that starts a run; false when a call with this key did so before. */
export async function writeAccepted(
  db: Db,
  { tenantId, webhookId }: { tenantId: TenantId; webhookId: string },
  { contentType, ...columns }: AcceptedCall,
): Promise<boolean> {
  const { count } = await db.webhookDelivery.createMany({
    data: [
      {
        ...{ tenantId, webhookId, id: randomUUID(), outcome: 'accepted' },
        ...columns,
        contentType: typeOnly(contentType),
      },
    ],
    skipDuplicates: true,
  });
  if (count === 1) await prune(db, { tenantId, webhookId, outcome: 'accepted' });
  return count === 1;
}

/** Writes a call that was refused. It takes no key, so that the sender may mend it and send it again. */
export async function writeRefused(
  db: Db,
  { tenantId, webhookId }: { tenantId: TenantId; webhookId: string },
  { contentType, bytes, problem }: CallFacts & { problem: CallProblem },
): Promise<void> {
  await db.webhookDelivery.create({
    data: {
      ...{ tenantId, webhookId, id: randomUUID(), outcome: 'refused', bytes },
      ...{ httpStatus: problem.status, reason: problem.reason, contentType: typeOnly(contentType) },
    },
  });
  await prune(db, { tenantId, webhookId, outcome: 'refused' });
}

// Refused calls push out refused ones only, and a key stays for a day: nobody can make room for a repetition by
// sending rubbish.
async function prune(
  db: Db,
  { tenantId, webhookId, outcome }: { tenantId: TenantId; webhookId: string; outcome: string },
): Promise<void> {
  if (!isTimeToPrune(`${webhookId} ${outcome}`)) return;
  await db.$executeRaw`
    DELETE FROM webhook_delivery WHERE tenant_id = ${tenantId}::uuid AND id IN (
      SELECT id FROM (
        SELECT id, event_key, received_at FROM webhook_delivery
        WHERE tenant_id = ${tenantId}::uuid AND webhook_id = ${webhookId}::uuid AND outcome = ${outcome}
        ORDER BY received_at DESC, id DESC OFFSET ${KEPT_DELIVERIES} LIMIT ${PRUNED_AT_ONCE}
        FOR UPDATE SKIP LOCKED
      ) AS old WHERE event_key IS NULL OR received_at < now() - interval '1 day')`;
}

/** When this process looked last for old calls of a webhook. */
const lookedAt = new Map<string, number>();
const REMEMBERED = 10_000;

function isTimeToPrune(log: string): boolean {
  const now = Date.now();
  if (now - (lookedAt.get(log) ?? 0) < PRUNE_EVERY_MS) return false;
  lookedAt.delete(log);
  lookedAt.set(log, now);
  const [oldest] = lookedAt.keys();
  if (lookedAt.size > REMEMBERED && oldest !== undefined) lookedAt.delete(oldest);
  return true;
}

function typeOnly(contentType: string | undefined): string | null {
  return contentType?.split(';')[0]?.trim().toLowerCase().slice(0, 100) ?? null;
}
