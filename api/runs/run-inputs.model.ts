import { Field, ID, InputType, Int } from '@nestjs/graphql';
import type { Json } from '../../workflows/json.ts';
import { IdempotencyKeyField } from '../fields.ts';
import { JsonScalar } from '../scalars.ts';

@InputType({ description: 'What to start.' })
export class StartRunInput {
  @Field(() => ID, { description: 'The id of the workflow.' })
  workflowId!: string;

  @Field(() => Int, { nullable: true, description: 'The version to run; the newest one when left out.' })
  version?: number | null;

  @Field(() => JsonScalar, { nullable: true, description: 'The input of the run; {} when left out.' })
  input?: Json;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

@InputType({ description: 'The run to pause or to resume.' })
export class RunControlInput {
  @Field(() => ID, { description: 'The id of the run.' })
  runId!: string;
}

@InputType({ description: 'The run to stop.' })
export class CancelRunInput extends RunControlInput {
  @Field(() => String, { nullable: true, description: 'Why, for the audit log.' })
  reason?: string | null;
}

@InputType({ description: 'An event for a waiting run.' })
export class SendEventInput extends RunControlInput {
  @Field(() => String, { description: 'The name that the wait step listens for.' })
  name!: string;

  @Field(() => JsonScalar, { nullable: true, description: 'What the wait step gives as its output.' })
  payload?: Json;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}
