import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { Prisma, type Db } from '../prisma/database.ts';
import type { Keyring } from '../temporal/keyring.ts';
import type { LaunchStage } from '../workflows/launch-stage.ts';
import { DomainError } from '../workflows/errors.ts';
import type { TenantId } from '../workflows/ids.ts';
import { canonicalJson, type Json } from '../workflows/json.ts';
import type { Permission } from '../workflows/tenancy/model.ts';
import { appendAudit } from './audit.ts';
import type { Actor, Ctx, OutboxMessage, QueuedMessage } from './context.ts';
import { enqueue } from './enqueue.ts';
import { invalidInput } from './invalid-input.ts';

/** What a verb's `run` is handed: the tenant's rows and nothing of the world outside. */
export interface RunTools {
  db: Db;
  tenantId: TenantId;
  actor: Actor;
  /** The platform's master keys; only connections need them. */
  keyring: Keyring;
  /** The platform's launch stage; a run keeps the one that it was started in. */
  launchStage: LaunchStage;
  /** Names the object of the audit row (its id), with more to remember about it. Never a secret. */
  target: (id: string, details?: Json) => void;
  /** Puts a message for Temporal into this transaction; it is sent after the commit, at least once. */
  enqueue: (message: OutboxMessage) => Promise<void>;
}

interface VerbSpec<Action extends string, Input extends z.ZodType, Result> {
  /** `run.cancel`: names audit row, log line and metric alike. */
  action: Action;
  permission: Permission;
  input: Input;
  run: (tools: RunTools, input: z.output<Input>) => Promise<Result>;
}

/** A change that somebody asked for. `once` is the caller's idempotency key: the same key gives the same answer. */
export interface Verb<Action extends string, Input extends z.ZodType, Result> {
  (ctx: Ctx, input: z.input<Input>, once?: string): Promise<Result>;
  readonly action: Action;
  readonly permission: Permission;
}

/**
 * Makes a verb: permission checked, input parsed, one tenant transaction with the audit row inside, messages sent
 * after the commit. A verb cannot forget any of them. The verb throws DomainError (FORBIDDEN, INVALID, CONFLICT for
 * a reused key) and whatever `run` throws; then nothing is written.
 */
export function verb<const Action extends string, Input extends z.ZodType, Result>(
  spec: VerbSpec<Action, Input, Result>,
): Verb<Action, Input, Result> {
  const call = async (ctx: Ctx, raw: z.input<Input>, once?: string): Promise<Result> => {
    requirePermission(ctx, spec.permission);
    const parsed = spec.input.safeParse(raw);
    if (!parsed.success) throw invalidInput(parsed.error);
    const key =
      once === undefined ? null : { key: checkedKey(once), hash: requestHash(spec.action, parsed.data) };

    const committed = await ctx.database.withTenant(ctx.tenantId, async (db) => {
      const stored = key && (await claimKey(db, ctx.tenantId, key));
      if (stored) return { result: stored.answer as Result, messages: [] };
      const work = workIn(db, ctx);
      const result = await spec.run(work.tools, parsed.data);
      if (key) await storeAnswer(db, key.key, result);
      const { actor, requestId } = ctx;
      await appendAudit(db, { actor, action: spec.action, requestId, ...work.audited });
      return { result, messages: work.messages };
    });
    ctx.dispatcher.dispatch(committed.messages);
    return committed.result;
  };
  return Object.assign(call, { action: spec.action, permission: spec.permission });
}

/** Throws FORBIDDEN unless the actor holds the permission. */
export function requirePermission(ctx: Ctx, permission: Permission): void {
  if (ctx.permissions.has(permission)) return;
  throw new DomainError(
    'FORBIDDEN',
    'permission_missing',
    `You need the permission ${permission} to do this. An owner or admin can give you a role that has it.`,
    { permission },
  );
}

interface Audited {
  target: string | null;
  details: Json | null;
}

function workIn(db: Db, ctx: Ctx) {
  const messages: QueuedMessage[] = [];
  const audited: Audited = { target: null, details: null };
  const tools: RunTools = {
    db,
    tenantId: ctx.tenantId,
    actor: ctx.actor,
    keyring: ctx.keyring,
    launchStage: ctx.launchStage,
    target: (id, details) => Object.assign(audited, { target: id, details: details ?? null }),
    enqueue: async (message) => void messages.push(await enqueue(db, ctx.tenantId, message)),
  };
  return { tools, messages, audited };
}

/** Stripe's bound for such keys; long enough for any id scheme. */
const MAX_KEY_LENGTH = 255;

function checkedKey(key: string): string {
  if (key.length > 0 && key.length <= MAX_KEY_LENGTH) return key;
  throw new DomainError(
    'INVALID',
    'idempotency_key_length',
    `The idempotency key must have 1 to ${MAX_KEY_LENGTH} characters.`,
    { field: 'idempotencyKey' },
  );
}

function requestHash(action: string, input: unknown): Uint8Array<ArrayBuffer> {
  const text = canonicalJson(JSON.parse(JSON.stringify(input ?? null)) as Json);
  return new Uint8Array(createHash('sha256').update(`${action}\n${text}`).digest());
}

// The insert waits for another transaction that holds the same key, so there is no "in progress" to represent.
async function claimKey(
  db: Db,
  tenantId: TenantId,
  { key, hash }: { key: string; hash: Uint8Array<ArrayBuffer> },
) {
  const { count } = await db.idempotencyKey.createMany({
    data: [{ tenantId, key, requestHash: hash }],
    skipDuplicates: true,
  });
  if (count === 1) return null;
  const stored = await db.idempotencyKey.findFirstOrThrow({ where: { tenantId, key } });
  if (!Buffer.from(stored.requestHash).equals(hash))
    throw new DomainError(
      'CONFLICT',
      'idempotency_key_reused',
      'This idempotency key was used for another request. Send a new key.',
      { field: 'idempotencyKey' },
    );
  return { answer: stored.answer };
}

async function storeAnswer(db: Db, key: string, result: unknown): Promise<void> {
  const answer = JSON.parse(JSON.stringify(result ?? null)) as Prisma.InputJsonValue;
  await db.idempotencyKey.updateMany({ where: { key }, data: { answer: answer ?? Prisma.JsonNull } });
}
