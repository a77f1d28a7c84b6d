import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { Prisma, type Database, type Db } from '../prisma/database.ts';
import { deriveKey, open, seal, type Keyring } from '../temporal/keyring.ts';
import { DomainError } from '../workflows/errors.ts';
import type { TenantId } from '../workflows/ids.ts';
import { canonicalJson, type Json } from '../workflows/json.ts';
import type { Actor } from './context.ts';

/** How long an idempotency key is remembered, in hours. */
export const KEY_HOURS = 24;

/** A request that its caller may send again with the same key. */
export interface RepeatableRequest {
  tenantId: TenantId;
  actor: Actor;
  action: string;
  input: unknown;
  key: string;
  keyring: Keyring;
  /** True when request or answer hold a secret: then only a keyed hash and a sealed answer are kept. */
  secret: boolean;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** Stripe's bound for such keys; long enough for any id scheme. */
const MAX_KEY_LENGTH = 255;

/** Throws INVALID for a key that is empty or too long. */
export function checkKey(key: string): void {
  if (key.length > 0 && key.length <= MAX_KEY_LENGTH) return;
  throw new DomainError(
    'INVALID',
    'idempotency_key_length',
    `The idempotency key must have 1 to ${MAX_KEY_LENGTH} characters.`,
    { field: 'idempotencyKey' },
  );
}

/**
 * Takes the key for this request inside the open transaction. Null when it is new: do the work and store the answer.
 * Otherwise the answer that was stored. Throws CONFLICT when the key came with another request or another caller.
 */
export async function claimKey(db: Db, request: RepeatableRequest): Promise<{ answer: unknown } | null> {
  const { tenantId, key } = request;
  const requestHash = hashesOf(request)[0] as Bytes;
  // The insert waits for another transaction that holds the same key, so there is no "in progress" to represent.
  const { count } = await db.idempotencyKey.createMany({
    data: [{ tenantId, key, requestHash }],
    skipDuplicates: true,
  });
  if (count === 1 || (await reclaimOld(db, request, requestHash))) {
    // More than one each time, so that the old ones end although only new ones bring the broom.
    await forgetOld(db, tenantId, FORGOTTEN_AT_ONCE);
    return null;
  }
  const stored = await db.idempotencyKey.findFirstOrThrow({ where: { tenantId, key } });
  if (!hashesOf(request).some((hash) => timingSafeEqual(hash, Buffer.from(stored.requestHash))))
    throw new DomainError(
      'CONFLICT',
      'idempotency_key_reused',
      'This idempotency key was used for another request. Send a new key.',
      { field: 'idempotencyKey' },
    );
  return { answer: stored.sealed === null ? stored.answer : unseal(request, stored.sealed) };
}

/** Keeps the answer with its key. */
export async function storeAnswer(db: Db, request: RepeatableRequest, result: unknown): Promise<void> {
  const { tenantId, key } = request;
  const text = JSON.stringify(result ?? null);
  const data = request.secret
    ? { sealed: seal(answerKey(request), Buffer.from(text), bindingOf(request)) }
    : { answer: (JSON.parse(text) as Prisma.InputJsonValue | null) ?? Prisma.JsonNull };
  await db.idempotencyKey.updateMany({ where: { tenantId, key }, data });
}

/**
 * The hashes by which the request may be stored, the one to store first. The caller is part of it: nobody gets the
 * answer that another person got. A plain hash of a request with a secret would let the secret be guessed, so that
 * one is keyed; after a rotation of the master key the old keys' hashes count too.
 */
function hashesOf(request: RepeatableRequest): Bytes[] {
  const input = canonicalJson(JSON.parse(JSON.stringify(request.input ?? null)) as Json);
  const text = `${request.action}\n${callerOf(request.actor)}\n${input}`;
  if (!request.secret) return [new Uint8Array(createHash('sha256').update(text).digest())];
  return keyIds(request.keyring).map((keyId) => {
    const { keyring, tenantId } = request;
    const key = deriveKey(keyring, { purpose: 'idempotency-request', tenantId, keyId });
    return new Uint8Array(createHmac('sha256', key).update(text).digest());
  });
}

function callerOf(actor: Actor): string {
  switch (actor.kind) {
    case 'person':
      return actor.personId;
    case 'service':
      return actor.apiKeyId;
    case 'workflow':
      return actor.runId;
    case 'webhook':
      return actor.webhookId;
    case 'schedule':
      return actor.scheduleId;
    case 'system':
      return actor.name;
  }
}

/** All ids of the keyring, the active one first. */
function keyIds({ active, keys }: Keyring): string[] {
  return [active, ...[...keys.keys()].filter((id) => id !== active)];
}

function answerKey({ keyring, tenantId }: RepeatableRequest, keyId = keyring.active) {
  return deriveKey(keyring, { purpose: 'idempotency-answer', tenantId, keyId });
}

function bindingOf({ tenantId, key }: RepeatableRequest) {
  return { tenantId, purpose: 'idempotency-answer', recordId: key };
}

function unseal(request: RepeatableRequest, sealed: Uint8Array): unknown {
  for (const keyId of keyIds(request.keyring)) {
    try {
      return JSON.parse(open(answerKey(request, keyId), sealed, bindingOf(request)).toString('utf8'));
    } catch {
      // Sealed by another key of the keyring.
    }
  }
  throw new Error('The answer stored with an idempotency key opens with no key of the keyring.');
}

const TOO_OLD = Prisma.sql`clock_timestamp() - make_interval(hours => ${KEY_HOURS}::int)`;

/** Takes over a key that is too old to count; of two that try, one wins. */
async function reclaimOld(db: Db, { tenantId, key }: RepeatableRequest, hash: Bytes): Promise<boolean> {
  const taken = await db.$executeRaw`
    UPDATE idempotency_key SET request_hash = ${hash}, answer = NULL, sealed = NULL, created_at = clock_timestamp()
    WHERE tenant_id = ${tenantId}::uuid AND key = ${key} AND created_at < ${TOO_OLD}`;
  return taken === 1;
}

const FORGOTTEN_AT_ONCE = 20;

async function forgetOld(db: Db, tenantId: TenantId, most: number): Promise<number> {
  return db.$executeRaw`
    DELETE FROM idempotency_key WHERE tenant_id = ${tenantId}::uuid AND key IN (
      SELECT key FROM idempotency_key WHERE tenant_id = ${tenantId}::uuid AND created_at < ${TOO_OLD}
      ORDER BY created_at LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
}

/** Tenants whose keys one call forgets, and keys that one transaction deletes. */
const PURGE_TENANTS = 100;
const PURGE_KEYS = 500;

/**
 * Forgets the keys that are too old to count, of all tenants: also of those that send none any more. Gives how many.
 * `goesOn` is asked before each transaction: false ends it. Throws when the database does not answer.
 */
export async function forgetOldKeys(database: Database, goesOn: () => boolean = () => true): Promise<number> {
  const wanted = { olderThanHours: KEY_HOURS, limit: PURGE_TENANTS };
  let forgotten = 0;
  for (;;) {
    const tenants = await database.lookup.tenantsWithOldKeys(wanted);
    const before = forgotten;
    for (const tenantId of tenants)
      if (goesOn())
        forgotten += await database.withTenant(tenantId, (db) => forgetOld(db, tenantId, PURGE_KEYS));
    // Keys that somebody is taking over at this moment are left alone.
    if (forgotten === before) return forgotten;
  }
}
