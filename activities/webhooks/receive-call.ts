import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { CallProblem } from '../../workflows/webhooks/model.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { RunId } from '../../workflows/ids.ts';
import type { Ctx } from '../context.ts';
import { idField, jsonField, numberField } from '../input-fields.ts';
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
  const { tenantId, database } = ctx;
  const hook = await database.withTenant(tenantId, (db) => readHook(db, ctx));
  const refuse = async (problem: CallProblem): Promise<Received> => {
    await logRefusal(ctx, factsOf(call), problem);
    return { problem };
  };
  if ('problem' in hook) return refuse(hook.problem);
  const checked = checkCall(hook, call);
  if ('status' in checked) return refuse(checked);
  const { waitSeconds, workflowId, version } = hook;
  const delivery: AcceptedCall = {
    ...factsOf(call),
    runId: randomUUID() as RunId,
    httpStatus: 202,
    eventKey: checked.eventKey,
    bodyHash: hashOf(call),
  };
  try {
    await acceptCall(ctx, { workflowId, version, input: checked.input, delivery });
    return { runId: delivery.runId, duplicate: false, waitSeconds };
  } catch (error) {
    if (error instanceof KnownCall) {
      const runId = await countRepetition(ctx, delivery);
      return runId === null ? refuse(KEY_REUSED) : { runId, duplicate: true, waitSeconds };
    }
    if (!(error instanceof DomainError)) throw error;
    return refuse(problemOf(error));
  }
}

/** Writes a call that was refused, also one that was refused before `receiveCall` could see it. */
export async function logRefusal(ctx: Ctx, facts: CallFacts, problem: CallProblem): Promise<void> {
  await ctx.database.withTenant(ctx.tenantId, (db) =>
    writeRefused(db, { tenantId: ctx.tenantId, webhookId: webhookOf(ctx) }, { ...facts, problem }),
  );
}

const acceptCall = verb({
  action: 'run.start',
  permission: 'runs.start',
  input: z.strictObject({
    workflowId: idField,
    version: numberField,
    input: jsonField(RUN_INPUT_LIMITS),
    delivery: z.custom<AcceptedCall>(),
  }),
  run: async (tools, { delivery, ...start }) => {
    const { db, tenantId } = tools;
    const owner = { tenantId, webhookId: webhookOf(tools) };
    if (!(await writeAccepted(db, owner, delivery))) throw new KnownCall();
    return beginRun(tools, { ...start, runId: delivery.runId, trigger: 'webhook' });
  },
});

/** A call with this key started a run before. Undoes the transaction, so that nothing is written. */
class KnownCall extends Error {}

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

function problemOf({ code, reason, message, details }: DomainError): CallProblem {
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
