import {
  createExpressions,
  ExpressionError,
  type ExpressionLimits,
} from '../../workflows/expressions/index.ts';
import type { Json } from '../../workflows/json.ts';
import { callInput, type CallHeaders, type CallInput } from '../../workflows/webhooks/call-input.ts';
import { eventKey } from '../../workflows/webhooks/event-key.ts';
import type { CallProblem } from '../../workflows/webhooks/model.ts';
import { readBody } from '../../workflows/webhooks/read-body.ts';
import type { Hook } from './read-hook.ts';
import { signatureProblem } from './verify-signature.ts';

/** A call as it came. */
export interface IncomingCall {
  /** Secret: the token in its address. */
  token: string;
  method: string;
  /** What stands behind the `?` of its address, or nothing. */
  query: string;
  headers: CallHeaders;
  bytes: Uint8Array;
}

/** A call that may start a run. */
export interface CheckedCall {
  input: Json;
  eventKey: string | null;
}

/**
 * What a trigger's template may use. A body of the largest size fits; the cost stays that of a step's, since the
 * template is evaluated while other requests wait.
 */
const TEMPLATE_LIMITS: Partial<ExpressionLimits> = {
  sequenceLength: 100_000,
  stringLength: 1_048_576,
  weight: 5_000_000,
};

/** Checks the signature of a call over its bytes, then reads it and makes the run's input of it. */
export function checkCall(hook: Hook, call: IncomingCall): CheckedCall | CallProblem {
  const refused = unproven(hook, call);
  if (refused) return refused;
  const { headers, bytes } = call;
  const read = readBody({
    bytes,
    contentType: headers['content-type'] as string | undefined,
    contentEncoding: headers['content-encoding'] as string | undefined,
  });
  if ('status' in read) return read;
  const key = eventKey(hook.scheme ?? 'none', headers, read.body);
  if ('status' in key) return key;
  const made = runInput(hook.template, callInput({ ...call, body: read.body }));
  return 'status' in made ? made : { input: made.input, eventKey: key.key };
}

function unproven({ scheme, secret }: Hook, { headers, bytes }: IncomingCall): CallProblem | null {
  if (scheme === 'none') return null;
  if (scheme !== null) return signatureProblem(scheme, secret, { headers, bytes, now: Date.now() });
  return { status: 401, reason: 'scheme_unknown', message: 'This webhook takes no calls at the moment.' };
}

function runInput(template: Json | undefined, call: CallInput): { input: Json } | CallProblem {
  if (template === undefined) return { input: call };
  try {
    return { input: createExpressions(TEMPLATE_LIMITS).render(template, call) };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return {
      status: 400,
      reason: 'trigger_input_failed',
      message: "The workflow's input could not be made of this call.",
    };
  }
}
