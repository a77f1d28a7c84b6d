import type { Db } from '../../prisma/database.ts';
import type { ResolvedConnection } from '../../workflows/connections/model.ts';
import { isJsonObject, type Json } from '../../workflows/json.ts';
import type { EffectInput, EffectOutcome, StepFailure } from '../../workflows/runs/activities.ts';
import { reserveSlot, resolveConnection } from '../connections/index.ts';
import { withHeartbeats, type ActivityHandle } from './activity-handle.ts';
import type { RunDeps } from './deps.ts';
import type { EffectResult } from './effect-executor.ts';
import { renderStored } from './evaluate-stored.ts';
import { holdValue } from './hold-value.ts';
import { recordMeanwhile } from './record-meanwhile.ts';

/**
 * Makes the activity that does one attempt of an effect. Expected failures are returned; it throws when it is
 * cancelled and when something unknown breaks, and Temporal tries the latter again.
 */
export function executeEffect(deps: RunDeps) {
  return async ({ record, ...input }: EffectInput): Promise<EffectOutcome> => {
    const handle = deps.activity();
    const { tenantId, runId, path, attempt, kind } = input;
    const log = deps.log.child({ tenantId, runId, path, attempt, kind });
    const started = performance.now();
    const meanwhile = record ? recordMeanwhile(deps, { tenantId, runId, ...record }) : null;
    let recorded: boolean | undefined;
    const outcome = await withHeartbeats(handle, () =>
      attemptEffect(deps, input, handle).finally(async () => (recorded = await meanwhile?.settle())),
    );
    const ms = Math.round(performance.now() - started);
    if ('notBefore' in outcome) log.info({ ms, ...outcome }, 'Effect waits for its slot');
    else log.info({ code: 'error' in outcome ? outcome.error.code : 'OK', ms }, 'Effect done');
    return recorded ? { ...outcome, recorded } : outcome;
  };
}

async function attemptEffect(
  deps: RunDeps,
  input: EffectInput,
  handle: ActivityHandle,
): Promise<EffectOutcome> {
  const prepared = await prepare(deps, input);
  if ('error' in prepared || 'notBefore' in prepared) return prepared;
  const result = await callExecutor(deps, input, { ...prepared, handle });
  if ('error' in result) return result;
  return holdValue(deps.database, input, { value: result.output });
}

interface Prepared {
  value: Json;
  connection: ResolvedConnection | null;
}
type NotYet = Extract<EffectOutcome, { notBefore: number }>;

async function prepare(
  deps: RunDeps,
  input: EffectInput,
): Promise<Prepared | { error: StepFailure } | NotYet> {
  const rendered = await evaluateWith(deps, input);
  if ('error' in rendered) return rendered;
  const { value } = rendered;
  const name = isJsonObject(value) ? value['connection'] : undefined;
  if (typeof name !== 'string' && input.kind !== 'email') return { value, connection: null };
  const { keyring } = deps;
  const wanted = typeof name === 'string' ? { name, keyring } : { defaultSmtp: true as const, keyring };
  return deps.database.withTenant(input.tenantId, async (db) => {
    const connection = await resolveConnection(db, input.tenantId, wanted);
    if (!connection) return { error: missing(typeof name === 'string' ? name : null) };
    return (await slotAhead(db, input, connection)) ?? { value, connection };
  });
}

// Last in its transaction: the connection's row of slots is locked from here to the commit.
async function slotAhead(
  db: Db,
  { tenantId, reserved }: EffectInput,
  { name, settings }: ResolvedConnection,
): Promise<NotYet | null> {
  if (!settings.rateLimit || reserved) return null;
  const notBefore = await reserveSlot(db, tenantId, { name, ...settings.rateLimit });
  return notBefore === null ? null : { notBefore, connection: name };
}

async function evaluateWith(
  deps: RunDeps,
  input: EffectInput,
): Promise<{ value: Json } | { error: StepFailure }> {
  const value = await deps.values.read(input, input.with);
  if (!input.scope) return { value };
  return renderStored(deps, input, { template: value, scope: input.scope });
}

/** A longer delay would fire at once. Temporal keeps the limits beyond these 24 days. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

async function callExecutor(
  { executors, egress }: RunDeps,
  { kind, idempotencyKey, runId, path, timeoutSeconds }: EffectInput,
  { value, connection, handle }: Prepared & { handle: ActivityHandle },
): Promise<EffectResult> {
  const limit = AbortSignal.timeout(Math.min(Math.ceil(timeoutSeconds * 1_000), LONGEST_TIMER_MS));
  const signal = AbortSignal.any([handle.cancelled, limit]);
  const call = { with: value, connection, idempotencyKey, runId, path, signal, timeoutSeconds };
  const result = await executors[kind](call, { egress }).catch((error: unknown): EffectResult => {
    if (!signal.aborted) throw error;
    return { error: timedOut(timeoutSeconds) };
  });
  if (!('error' in result)) return result;
  // Whatever the executor made of being stopped, here it is known why.
  handle.cancelled.throwIfAborted();
  return limit.aborted ? { error: timedOut(timeoutSeconds) } : result;
}

function timedOut(timeoutSeconds: number): StepFailure {
  return {
    code: 'STEP_TIMED_OUT',
    message: `The step did not finish within ${timeoutSeconds} seconds.`,
    details: { timeoutSeconds },
    retryable: true,
  };
}

function missing(name: string | null): StepFailure {
  const message =
    name === null
      ? 'There is no connection for e-mail. Create one of kind SMTP, named "email".'
      : `There is no connection "${name}". Create it, or name one that exists.`;
  return { code: 'CONNECTION_MISSING', message, details: { connection: name }, retryable: false };
}
