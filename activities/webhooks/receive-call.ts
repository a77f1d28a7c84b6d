import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { CallProblem } from '../../workflows/webhooks/model.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { RunId } from '../../workflows/ids.ts';
import type { Json } from '../../workflows/json.ts';
import type { Ctx } from '../context.ts';
import { jsonField } from '../input-fields.ts';
import { invalidInput } from '../invalid-input.ts';
import { beginRun, RUN_INPUT_LIMITS } from '../runs/index.ts';
import { verb } from '../verb.ts';
import { checkCall, type IncomingCall } from './check-call.ts';
import { writeAccepted, writeRefused, type AcceptedCall, type CallFacts } from './delivery-rows.ts';
import { webhookOf } from './find-hook.ts';
import { readHook } from './read-hook.ts';

/** What becomes of a call. */
export type Received =
  | { problem: CallProblem }
  | {
      runId: RunId;
      /** True when a call with the same key started the run before. */
      duplicate: boolean;
      /** How long to wait for the run's answer, in seconds; null when its version has no respond step. */
      waitSeconds: number | null;
    };

/**
 * Takes a call of a webhook: checks its signature, reads it, and starts a run once for each key of the sender. Every
 * call leaves a row in the log of deliveries. Throws only for failures that are ours.
 */
export async function receiveCall(ctx: Ctx, call: IncomingCall): Promise<Received> {
  try {
    return await acceptCall(ctx, { call });
  } catch (error) {
    if (error instanceof KnownCall) {
      const { delivery, waitSeconds } = error;
      const runId = await countRepetition(ctx, delivery);
      if (runId !== null) return { runId, duplicate: true, waitSeconds };
    }
    const problem = problemOf(error);
    await logRefusal(ctx, factsOf(call), problem);
    return { problem };
  }
}

/** Writes a call that was refused, also one that was refused before `receiveCall` could see it. */
export async function logRefusal(ctx: Ctx, facts: CallFacts, problem: CallProblem): Promise<void> {
  await ctx.database.withTenant(ctx.tenantId, (db) =>
    writeRefused(db, { tenantId: ctx.tenantId, webhookId: webhookOf(ctx) }, { ...facts, problem }),
  );
}

// All in one transaction, which a refusal undoes: nearly every call is good, and calls come in hundreds a second.
const acceptCall = verb({
  action: 'run.start',
  permission: 'runs.start',
  input: z.strictObject({ call: z.custom<IncomingCall>() }),
  run: async (tools, { call }): Promise<Received> => {
    const hook = await readHook(tools);
    if ('problem' in hook) throw new CallRefused(hook.problem);
    const checked = checkCall(hook, call);
    if ('status' in checked) throw new CallRefused(checked);
    const { workflowId, published, waitSeconds } = hook;
    const delivery: AcceptedCall = {
      ...factsOf(call),
      runId: randomUUID() as RunId,
      httpStatus: 202,
      eventKey: checked.eventKey,
      bodyHash: hashOf(call),
    };
    const { db, tenantId } = tools;
    const owner = { tenantId, webhookId: webhookOf(tools) };
    if (!(await writeAccepted(db, owner, delivery))) throw new KnownCall(delivery, waitSeconds);
    await beginRun(tools, {
      ...{ workflowId, version: published.number, published },
      ...{ input: readInput(checked.input), runId: delivery.runId, trigger: 'webhook' },
    });
    return { runId: delivery.runId, duplicate: false, waitSeconds };
  },
});

const inputField = z.strictObject({ input: jsonField(RUN_INPUT_LIMITS) });

/** Throws INVALID for an input beyond RUN_INPUT_LIMITS. */
function readInput(input: Json): Json {
  const parsed = inputField.safeParse({ input });
  if (parsed.success) return parsed.data.input;
  throw invalidInput(parsed.error);
}

/** A call that may not start a run. Undoes the transaction. */
class CallRefused extends Error {
  readonly problem: CallProblem;

  constructor(problem: CallProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** A call with this key started a run before. Undoes the transaction, so that nothing is written. */
class KnownCall extends Error {
  readonly delivery: AcceptedCall;
  readonly waitSeconds: number | null;

  constructor(delivery: AcceptedCall, waitSeconds: number | null) {
    super('A call with this key came before');
    this.delivery = delivery;
    this.waitSeconds = waitSeconds;
  }
}

/** Counts the repetition and gives the run of the first call; null when that one had another body. */
async function countRepetition(ctx: Ctx, { eventKey, bodyHash }: AcceptedCall): Promise<RunId | null> {
  const { tenantId } = ctx;
  return ctx.database.withTenant(tenantId, async (db) => {
    const where = { tenantId, webhookId: webhookOf(ctx), eventKey };
    const first = await db.webhookDelivery.findFirstOrThrow({ where });
    if (first.bodyHash === null || !Buffer.from(first.bodyHash).equals(bodyHash)) return null;
    await db.webhookDelivery.updateMany({ where, data: { duplicates: { increment: 1 } } });
    return first.runId as RunId | null;
  });
}

const KEY_REUSED: CallProblem = {
  status: 409,
  reason: 'event_key_reused',
  message: 'Another call came with this key before. Send a new key.',
};

// Throws what is no refusal.
function problemOf(error: unknown): CallProblem {
  if (error instanceof CallRefused) return error.problem;
  if (error instanceof KnownCall) return KEY_REUSED;
  if (!(error instanceof DomainError)) throw error;
  const { code, reason, message, details } = error;
  if (reason === 'input_invalid') {
    const { issues } = details as { issues: { field: string; message: string }[] };
    return { status: 400, reason, message, issues };
  }
  if (code === 'LIMIT_EXCEEDED') return { status: 429, reason, message };
  if (code === 'NOT_FOUND' || code === 'PRECONDITION_FAILED') return { status: 404, reason, message };
  // Such as a connection that has gone: the reason is for the workflow's people, not for its callers.
  return { status: 503, reason, message: 'This workflow cannot be started at the moment.' };
}

function factsOf({ headers, bytes }: IncomingCall): CallFacts {
  return { contentType: headers['content-type'] as string | undefined, bytes: bytes.length };
}

function hashOf({ query, bytes }: IncomingCall): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(`${query}\n`).update(bytes).digest());
}
