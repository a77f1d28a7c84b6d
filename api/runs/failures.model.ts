import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { GlobalIdField, TimeField } from '../fields.ts';
import { connectionOf } from '../relay.ts';
import { DateTimeScalar } from '../scalars.ts';
import { RunWorkflow } from './runs.model.ts';

@ObjectType({ description: 'Runs of one workflow that failed for one reason.' })
export class RunFailure {
  @Field(() => String, { description: 'What tells this reason from others; the same on each of its runs.' })
  fingerprint!: string;

  @Field(() => RunWorkflow, { description: 'The workflow.' })
  workflow!: RunWorkflow;

  @Field(() => String, { nullable: true, description: 'The step that failed, by its id in the definition.' })
  stepId!: string | null;

  @Field(() => String, { description: 'What kind of failure it is, such as HTTP_STATUS.' })
  code!: string;

  @Field(() => String, { description: 'What went wrong, in the words of the newest run.' })
  message!: string;

  @Field(() => Int, { description: 'How many runs failed for it.' })
  count!: number;

  @Field(() => Int, { description: 'How many of them were not run again since.' })
  open!: number;

  @TimeField({ description: 'When the first of them ended.' })
  firstAt!: string;

  @TimeField({ description: 'When the last of them ended.' })
  lastAt!: string;

  @GlobalIdField('Run', { description: 'The run that failed for it last.' })
  newestRunId!: string;
}
export const RunFailureConnection = connectionOf(RunFailure, 'RunFailure');

@InputType({ description: 'Narrows the list of failures. All that is given must hold.' })
export class RunFailureFilter {
  @Field(() => ID, { nullable: true, description: 'Of this workflow.' })
  workflowId?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Counts only runs that ended since.' })
  since?: Date | null;
}
