import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { DeliveryStatus as Status, EventType as Type } from '../../workflows/endpoints/model.ts';
import type { Json } from '../../workflows/json.ts';
import { enumOf, GlobalIdField, TimeField } from '../fields.ts';
import { connectionOf } from '../relay.ts';
import { JsonScalar } from '../scalars.ts';
import { Person } from '../tenancy/person.model.ts';

const EVENT_TYPES =
  'Event types such as run.failed or approval.requested: run.started, run.succeeded, run.failed, run.cancelled, ' +
  'run.timed_out, approval.requested, approval.reminded, approval.escalated, approval.approved, approval.denied, ' +
  'approval.expired, approval.withdrawn.';

export const DeliveryStatus = enumOf<Status>('DeliveryStatus', 'What became of a delivery.', {
  PENDING: 'It is on its way, or waits for its next attempt.',
  DELIVERED: 'The address took it.',
  FAILED: 'No attempt is left, or the address answered 410 Gone.',
  CANCELLED: 'The endpoint was switched off or deleted before it arrived.',
});

@ObjectType({
  description: 'An address of yours that is told of events, in the form of Standard Webhooks 1.0.0.',
})
export class Endpoint {
  @GlobalIdField('Endpoint', { description: 'The id of the endpoint.' })
  id!: string;

  @Field(() => String, { description: 'Where events are sent to.' })
  url!: string;

  @Field(() => String, { description: 'What it is for.' })
  description!: string;

  @Field(() => [String], { description: EVENT_TYPES })
  eventTypes!: Type[];

  @TimeField({ description: 'When it was made.' })
  createdAt!: string;

  @Field(() => Person, { nullable: true, description: 'Who made it.' })
  createdBy!: Person | null;

  @TimeField({ nullable: true, description: 'When it last got a new signing secret.' })
  rotatedAt!: string | null;

  @TimeField({ nullable: true, description: 'Since when nothing is sent to it; null while it is on.' })
  disabledAt!: string | null;

  @Field(() => String, { nullable: true, description: 'Why nothing is sent to it.' })
  disabledReason!: string | null;

  @TimeField({
    nullable: true,
    description:
      'Since when nothing arrived there; null while the last attempt did. After five days and three events that were ' +
      'given up it is switched off.',
  })
  failingSince!: string | null;
}
export const EndpointConnection = connectionOf(Endpoint, 'Endpoint');

@ObjectType({ description: 'One attempt at a delivery.' })
export class DeliveryAttempt {
  @Field(() => Int, { description: 'Counts up from 1; there are at most 10, over about three days.' })
  number!: number;

  @TimeField({ description: 'When it began.' })
  at!: string;

  @Field(() => Int, { description: 'How long it took, in milliseconds.' })
  durationMs!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'The HTTP status of the answer; null when there was none.',
  })
  httpStatus!: number | null;

  @Field(() => String, { nullable: true, description: 'What went wrong; null when it arrived.' })
  error!: string | null;

  @Field(() => String, { nullable: true, description: 'The first 1,000 characters of the answer.' })
  response!: string | null;
}

@ObjectType({ description: 'One event on its way to one endpoint.' })
export class EndpointDelivery {
  @GlobalIdField('EndpointDelivery', { description: 'The id of the delivery.' })
  id!: string;

  @GlobalIdField('Endpoint', { description: 'The endpoint that it is for.' })
  endpointId!: string;

  @Field(() => String, {
    description: 'The id of the event, sent as webhook-id: the same for each attempt and replay.',
  })
  eventId!: string;

  @Field(() => String, { description: 'What happened, such as run.failed.' })
  eventType!: string;

  @Field(() => JsonScalar, { description: 'What is sent: { type, timestamp, data }.' })
  payload!: Json;

  @Field(() => DeliveryStatus, { description: 'What became of it.' })
  status!: Status;

  @Field(() => Int, { description: 'How many attempts were made.' })
  attemptCount!: number;

  @TimeField({ nullable: true, description: 'When the next attempt is due.' })
  nextAt!: string | null;

  @GlobalIdField('EndpointDelivery', { nullable: true, description: 'The delivery that this one repeats.' })
  replayOf!: string | null;

  @TimeField({ description: 'When the event happened, or was sent again.' })
  createdAt!: string;

  @TimeField({ nullable: true, description: 'When it arrived or was given up.' })
  finishedAt!: string | null;

  @Field(() => [DeliveryAttempt], { description: 'The attempts, first one first.' })
  attempts!: DeliveryAttempt[];
}
export const EndpointDeliveryConnection = connectionOf(EndpointDelivery, 'EndpointDelivery');

@ObjectType({ description: 'An endpoint with its new signing secret.' })
export class EndpointWithSecret {
  @Field(() => Endpoint, { description: 'The endpoint.' })
  endpoint!: Endpoint;

  @Field(() => String, {
    description: 'The secret that signs what is sent (whsec_…). It is shown this once.',
  })
  secret!: string;
}

const IDEMPOTENCY_KEY =
  'Any text of yours, 1 to 255 characters: the same key with the same input makes the change once and gives the same answer.';

@InputType({ description: 'A new endpoint.' })
export class CreateEndpointInput {
  @Field(() => String, { description: 'Where to send events: a web address that this platform can reach.' })
  url!: string;

  @Field(() => String, { description: 'What it is for, for people.' })
  description!: string;

  @Field(() => [String], { description: EVENT_TYPES })
  eventTypes!: Type[];

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  idempotencyKey?: string | null;
}

@InputType({ description: 'What to change of an endpoint; what is left out stays.' })
export class UpdateEndpointInput {
  @Field(() => ID, { description: 'The id of the endpoint.' })
  endpointId!: string;

  @Field(() => String, { nullable: true, description: 'A new address.' })
  url?: string | null;

  @Field(() => String, { nullable: true, description: 'A new description.' })
  description?: string | null;

  @Field(() => [String], { nullable: true, description: `All event types from now on. ${EVENT_TYPES}` })
  eventTypes?: Type[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'False sends nothing to it until it is switched on again.',
  })
  enabled?: boolean | null;
}

@InputType({ description: 'The endpoint that gets a new signing secret.' })
export class RotateEndpointSecretInput {
  @Field(() => ID, { description: 'The id of the endpoint.' })
  endpointId!: string;

  @Field(() => Int, {
    defaultValue: 86_400,
    description: 'How long the old secret signs besides the new one, in seconds: 0 to 604800, a week.',
  })
  overlapSeconds!: number;

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  idempotencyKey?: string | null;
}

@InputType({ description: 'The endpoint to delete.' })
export class DeleteEndpointInput {
  @Field(() => ID, { description: 'The id of the endpoint.' })
  endpointId!: string;
}

@InputType({ description: 'The delivery to send again.' })
export class ReplayDeliveryInput {
  @Field(() => ID, { description: 'The id of the delivery.' })
  deliveryId!: string;

  @Field(() => String, { nullable: true, description: IDEMPOTENCY_KEY })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Which deliveries.' })
export class EndpointDeliveryFilter {
  @Field(() => ID, { nullable: true, description: 'Those to this endpoint.' })
  endpointId?: string | null;

  @Field(() => DeliveryStatus, { nullable: true, description: 'Those with this status.' })
  status?: Status | null;
}
