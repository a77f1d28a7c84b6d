import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { StepStatus as StateOfStep } from '../../workflows/runs/model.ts';
import { DefinitionChange } from '../definitions/definitions.model.ts';
import { IdempotencyKeyField } from '../fields.ts';
import { RepeatedActionFields } from './repeated-action.model.ts';
import { StepStatus } from './runs.model.ts';

@ObjectType({ description: 'Something outside that a run again would do once more.' })
export class RepeatedAction extends RepeatedActionFields {
  @Field(() => String, { description: 'The path of the step.' })
  path!: string;

  @Field(() => StepStatus, { description: 'How it ended in the earlier run.' })
  status!: StateOfStep;
}

@ObjectType({ description: 'Why a run again cannot be started.' })
export class RerunProblem {
  @Field(() => String, { description: 'The reason, as rerunFromStep would give it.' })
  reason!: string;

  @Field(() => String, { description: 'What is wrong and what to do, in words.' })
  message!: string;
}

@ObjectType({ description: 'What a run again from a step would do.' })
export class RerunPreview {
  @Field(() => String, { description: 'The path of the step that was asked for.' })
  fromStep!: string;

  @Field(() => String, {
    description: 'The path of the step at which it begins; a container when it cannot begin inside of it.',
  })
  startsAt!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Why it does not begin at the step that was asked for, in words.',
  })
  movedBecause!: string | null;

  @Field(() => Int, { description: 'The version that it would run.' })
  version!: number;

  @Field(() => [String], { description: 'The paths of the steps whose results are taken over.' })
  reused!: string[];

  @Field(() => [String], {
    description: 'The paths of approvals that people are asked for again; none is ever taken over.',
  })
  asksAgain!: string[];

  @Field(() => [RepeatedAction], { description: 'What would be done outside once more.' })
  repeats!: RepeatedAction[];

  @Field(() => [String], {
    description: 'The paths of earlier steps that this version defines in another way than the run had them.',
  })
  changed!: string[];

  @Field(() => [DefinitionChange], { description: 'Everything that is different in this version.' })
  differences!: DefinitionChange[];

  @Field(() => [RerunProblem], { description: 'What keeps it from being started; empty when nothing does.' })
  problems!: RerunProblem[];
}

@InputType({ description: 'What to run again.' })
export class PreviewRerunInput {
  @Field(() => ID, { description: 'The id of a run that is over.' })
  runId!: string;

  @Field(() => String, {
    description: 'The path of a step of that run, or the id of a step that it came to once.',
  })
  fromStep!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The version to run, not an older one; the one of the run when left out.',
  })
  version?: number | null;
}

@InputType({ description: 'What to run again.' })
export class RerunFromStepInput extends PreviewRerunInput {
  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}
