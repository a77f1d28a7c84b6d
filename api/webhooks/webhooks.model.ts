import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { DeliveryOutcome, WebhookScheme as Scheme } from '../../workflows/webhooks/model.ts';
import { enumOf, GlobalIdField, TimeField } from '../fields.ts';
import { connectionOf } from '../relay.ts';

export const WebhookScheme = enumOf<Uppercase<Scheme>>(
  'WebhookScheme',
  'How calls of a webhook prove where they come from.',
  {
    NONE: 'Not at all: who knows the address may call.',
    STRIPE: 'The header Stripe-Signature, at most five minutes old.',
    GITHUB: 'The header X-Hub-Signature-256.',
    STANDARD_WEBHOOKS: 'The headers webhook-id, webhook-timestamp and webhook-signature (Standard Webhooks).',
    HMAC_SHA256: 'The header X-Signature: "sha256=" and the HMAC of the body in hex.',
  },
);

export const WebhookDeliveryOutcome = enumOf<Uppercase<DeliveryOutcome>>(
  'WebhookDeliveryOutcome',
  'What became of a call.',
  { ACCEPTED: 'It started a run.', REFUSED: 'It started nothing; the reason says why.' },
);

@ObjectType({
  description: 'A call that a webhook received. Neither its body nor its headers are kept here.',
})
export class WebhookDelivery {
  @GlobalIdField('WebhookDelivery', { description: 'The id of the call.' })
  id!: string;

  @TimeField({ description: 'When it came.' })
  receivedAt!: string;

  @Field(() => WebhookDeliveryOutcome, { description: 'What became of it.' })
  outcome!: Uppercase<DeliveryOutcome>;

  @Field(() => Int, {
    description: 'The HTTP status that was answered; 202 also where a run gave its own answer later.',
  })
  httpStatus!: number;

  @Field(() => String, { nullable: true, description: 'Why it was refused: a word that never changes.' })
  reason!: string | null;

  @Field(() => Int, { description: 'The size of its body in bytes.' })
  bytes!: number;

  @Field(() => String, { nullable: true, description: 'The content type of its body.' })
  contentType!: string | null;

  @GlobalIdField('Run', { nullable: true, description: 'The run that it started.' })
  runId!: string | null;

  @Field(() => Int, { description: 'How often the same call came again; that started nothing.' })
  duplicates!: number;
}
export const WebhookDeliveryConnection = connectionOf(WebhookDelivery, 'WebhookDelivery');

@ObjectType({ description: 'The address that starts runs of a workflow when it is called.' })
export class Webhook {
  @GlobalIdField('Webhook', { description: 'The id of the webhook.' })
  id!: string;

  @Field(() => WebhookScheme, { description: 'How calls prove where they come from.' })
  scheme!: Uppercase<Scheme>;

  @Field(() => Boolean, { description: 'True when a secret for signatures is set. It is never shown.' })
  hasSecret!: boolean;

  @Field(() => Boolean, {
    description: 'True while the newest version has no webhook trigger, or the workflow is archived.',
  })
  disabled!: boolean;

  @TimeField({ description: 'When it was made.' })
  createdAt!: string;

  @TimeField({ nullable: true, description: 'When its address was last replaced.' })
  rotatedAt!: string | null;
}

const IDEMPOTENCY_KEY = 'A key of yours: a second request with it changes nothing more.';

@InputType({ description: 'The webhook that gets a new address.' })
export class RotateWebhookInput {
  @Field(() => ID, { description: 'The id of its workflow.' })
  workflowId!: string;

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  idempotencyKey?: string | null;
}

@InputType({ description: 'How calls must prove where they come from.' })
export class SetWebhookVerificationInput {
  @Field(() => ID, { description: 'The id of the workflow.' })
  workflowId!: string;

  @Field(() => WebhookScheme, { description: 'The way of the sender.' })
  scheme!: Uppercase<Scheme>;

  @Field(() => String, {
    nullable: true,
    description: 'The secret with which the sender signs; replaces the one before at once. Not for NONE.',
  })
  secret?: string | null;

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  idempotencyKey?: string | null;
}
