import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { Json, JsonObject } from '../../workflows/json.ts';
import type { TestPlan } from '../../workflows/runs/test-plan.ts';
import { enumOf, IdempotencyKeyField } from '../fields.ts';
import { JsonScalar } from '../scalars.ts';

type Effects = TestPlan['unpinnedEffects'];

export const UnpinnedEffects = enumOf<Effects>(
  'UnpinnedEffects',
  'What a test run does with steps that act outside and have no result given.',
  {
    FAIL: 'They fail with the code NOT_PINNED, and nothing happens outside.',
    RUN: 'They are done. Approvals that stand before them in the definition are asked for.',
  },
);

const PINS =
  'Results given to steps instead of their work, by step id: { "charge": { "output": … } } or ' +
  '{ "charge": { "error": { "code": "HTTP_STATUS", "message": … } } }.';
const UNTIL = 'The id of the step with whose output the run ends, as soon as it first finished.';
const ONLY = 'The id of the only step that runs, wherever it stands. It sees input, pins and vars.';
const VARS = 'What the only step sees besides: loop variables by name, index, error.';

@ObjectType({ description: 'How a test run differs from a run.' })
export class RunTest {
  @Field(() => JsonScalar, { description: PINS })
  pins!: Json;

  @Field(() => String, { nullable: true, description: UNTIL })
  until!: string | null;

  @Field(() => String, { nullable: true, description: ONLY })
  only!: string | null;

  @Field(() => JsonScalar, { description: VARS })
  vars!: Json;

  @Field(() => UnpinnedEffects, { description: 'What it does with effects that have no result given.' })
  unpinnedEffects!: Effects;
}

@InputType({ description: 'What to test.' })
export class StartTestRunInput {
  @Field(() => ID, { description: 'The id of the workflow.' })
  workflowId!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The published version to test; the draft when left out.',
  })
  version?: number | null;

  @Field(() => JsonScalar, { nullable: true, description: 'The input of the run; {} when left out.' })
  input?: Json;

  @Field(() => JsonScalar, { nullable: true, description: PINS })
  pins?: JsonObject | null;

  @Field(() => String, { nullable: true, description: UNTIL })
  until?: string | null;

  @Field(() => String, { nullable: true, description: ONLY })
  only?: string | null;

  @Field(() => JsonScalar, { nullable: true, description: VARS })
  vars?: JsonObject | null;

  @Field(() => UnpinnedEffects, {
    nullable: true,
    description: 'What it does with effects that have no result given; FAIL when left out.',
  })
  unpinnedEffects?: Effects | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}
