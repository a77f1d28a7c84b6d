import { stepLists, type Flow, type Step } from '../definitions/model.ts';

/** How calls prove where they come from, as the table `webhook` names it. */
export const WEBHOOK_SCHEMES = ['none', 'stripe', 'github', 'standard_webhooks', 'hmac_sha256'] as const;
export type WebhookScheme = (typeof WEBHOOK_SCHEMES)[number];

/** The schemes that need a secret. */
export type SigningScheme = Exclude<WebhookScheme, 'none'>;

/** How old or how far ahead the time of a signature may be, in seconds. */
export const SIGNATURE_TOLERANCE_SECONDS = 300;

/** The largest body of a call, in bytes. */
export const MAX_CALL_BYTES = 1_048_576;

/** How long a call waits for the run's answer, in seconds, unless its trigger says otherwise. */
export const WAIT_SECONDS = 10;

/** What became of a call. */
export const DELIVERY_OUTCOMES = ['accepted', 'refused'] as const;
export type DeliveryOutcome = (typeof DELIVERY_OUTCOMES)[number];

/** The trigger of a workflow that is started by calls. */
export type WebhookTrigger = Extract<NonNullable<Flow['triggers']>[number], { kind: 'webhook' }>;

/** The webhook trigger of a definition, which has at most one. Null when it has none. */
export function webhookTrigger(flow: Flow): WebhookTrigger | null {
  return (flow.triggers ?? []).find((trigger) => trigger.kind === 'webhook') ?? null;
}

/** True when a step of the definition answers the caller. */
export function hasRespondStep(steps: Step[]): boolean {
  return steps.some(
    (step) => step.kind === 'respond' || stepLists(step).some((list) => hasRespondStep(list.steps)),
  );
}

/** A call that cannot be taken, with the HTTP status to answer. `reason` is stable. */
export interface CallProblem {
  status: 400 | 401 | 404 | 409 | 413 | 415 | 429 | 503;
  reason: string;
  message: string;
  /** What is wrong with the run's input, field by field. */
  issues?: { field: string; message: string }[];
}
