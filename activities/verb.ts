import type { z } from 'zod';
import type { Db } from '../prisma/database.ts';
import type { Keyring } from '../temporal/keyring.ts';
import type { LaunchStage } from '../workflows/launch-stage.ts';
import { DomainError } from '../workflows/errors.ts';
import type { TenantId } from '../workflows/ids.ts';
import type { Json } from '../workflows/json.ts';
import type { Permission } from '../workflows/tenancy/model.ts';
import { appendAudit } from './audit.ts';
import type { Actor, Ctx, OutboxMessage, QueuedMessage } from './context.ts';
import { enqueue } from './enqueue.ts';
import { checkKey, claimKey, storeAnswer } from './idempotency-key.ts';
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
  enqueue: (message: OutboxMessage, more?: Pick<QueuedMessage, 'written'>) => Promise<void>;
  /** Has messages sent after the commit that a function below wrote into this transaction. */
  dispatch: (written: QueuedMessage[]) => void;
}

interface VerbSpec<Action extends string, Input extends z.ZodType, Result> {
  /** `run.cancel`: names audit row, log line and metric alike. */
  action: Action;
  permission: Permission;
  input: Input;
  /** Set it when the input or the result holds a secret: what a repetition is known by is then kept sealed. */
  secret?: true;
  run: (tools: RunTools, input: z.output<Input>) => Promise<Result>;
}

/**
 * A change that somebody asked for. `once` is the caller's idempotency key: for 24 hours the same key and input by
 * the same caller give the same answer, and change nothing again.
 */
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
    if (once !== undefined) checkKey(once);
    const { tenantId, actor, keyring, requestId } = ctx;
    const { action, secret = false } = spec;
    const request =
      once === undefined ? null : { tenantId, actor, action, input: parsed.data, key: once, keyring, secret };

    const committed = await ctx.database.withTenant(tenantId, async (db) => {
      const stored = request && (await claimKey(db, request));
      if (stored) return { result: stored.answer as Result, messages: [] };
      const work = workIn(db, ctx);
      const result = await spec.run(work.tools, parsed.data);
      if (request) await storeAnswer(db, request, result);
      await appendAudit(db, { actor, action, requestId, ...work.audited });
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
    enqueue: async (message, more) =>
      void messages.push({ ...(await enqueue(db, ctx.tenantId, message)), ...more }),
    dispatch: (written) => void messages.push(...written),
  };
  return { tools, messages, audited };
}
