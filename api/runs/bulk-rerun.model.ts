import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { DefinitionChange } from '../definitions/definitions.model.ts';
import { enumOf, GlobalIdField, TimeField } from '../fields.ts';
import { connectionOf } from '../relay.ts';
import { Actor } from '../tenancy/person.model.ts';
import { RepeatedActionFields } from './repeated-action.model.ts';
import { RerunPreview } from './rerun.model.ts';
import { RunWorkflow } from './runs.model.ts';

export const BulkRerunStatus = enumOf<'RUNNING' | 'FINISHED' | 'CANCELLED'>(
  'BulkRerunStatus',
  'How far a bulk re-run has come.',
  {
    RUNNING: 'Runs are being started.',
    FINISHED: 'Each run was started or refused.',
    CANCELLED: 'It was cancelled: runs that were not started by then are refused, the others go on.',
  },
);

export const BulkRerunItemStatus = enumOf<'PENDING' | 'STARTED' | 'REFUSED'>(
  'BulkRerunItemStatus',
  'What became of one run of a bulk re-run.',
  {
    PENDING: 'Its turn is still to come.',
    STARTED: 'It runs again as newRunId.',
    REFUSED: 'It was not started; reason and message say why.',
  },
);

@ObjectType({ description: 'A run that would not be run again.' })
export class BulkRerunRefusal {
  @GlobalIdField('Run', { description: 'The run.' })
  runId!: string;

  @Field(() => String, { description: 'The reason, as rerunFromStep would give it, or already_rerun.' })
  reason!: string;

  @Field(() => String, { description: 'Why, in words.' })
  message!: string;
}

@ObjectType({ description: 'What one step would do outside once more, over all runs.' })
export class BulkRepeat extends RepeatedActionFields {
  @Field(() => RunWorkflow, { description: 'The workflow.' })
  workflow!: RunWorkflow;

  @Field(() => String, { description: 'The id of the step in the definition.' })
  stepId!: string;

  @Field(() => Int, { description: 'How many times it would be done, over all runs.' })
  times!: number;
}

@ObjectType({ description: 'The runs of one version, and the version that they would run.' })
export class BulkRerunVersion {
  @Field(() => RunWorkflow, { description: 'The workflow.' })
  workflow!: RunWorkflow;

  @Field(() => Int, { description: 'The version that they ran.' })
  from!: number;

  @Field(() => Int, { description: 'The version that they would run.' })
  to!: number;

  @Field(() => Int, { description: 'How many runs.' })
  runs!: number;

  @Field(() => [DefinitionChange], { description: 'What is different in the version that they would run.' })
  differences!: DefinitionChange[];
}

@ObjectType({ description: 'What would be done with one run.' })
export class BulkRerunSample {
  @GlobalIdField('Run', { description: 'The run.' })
  runId!: string;

  @Field(() => RerunPreview, { description: 'What its run again would do.' })
  preview!: RerunPreview;
}

@ObjectType({ description: 'What a bulk re-run would do.' })
export class BulkRerunPreview {
  @Field(() => Int, { description: 'How many runs would be started.' })
  count!: number;

  @Field(() => Int, {
    description: 'How many were run again already, or are about to be; they are not taken.',
  })
  alreadyRerun!: number;

  @Field(() => Int, { description: 'How many are over the limit of 1,000; a second bulk re-run takes them.' })
  left!: number;

  @Field(() => [BulkRerunRefusal], { description: 'Runs that would not be started, and why.' })
  refused!: BulkRerunRefusal[];

  @Field(() => [BulkRepeat], { description: 'What would be done outside once more.' })
  repeats!: BulkRepeat[];

  @Field(() => [BulkRerunVersion], { description: 'What changed in the versions.' })
  versions!: BulkRerunVersion[];

  @Field(() => [BulkRerunSample], { description: 'Up to ten of the runs one by one.' })
  samples!: BulkRerunSample[];
}

@ObjectType({ description: 'One run of a bulk re-run.' })
export class BulkRerunItem {
  @GlobalIdField('Run', { description: 'The run that is run again.' })
  runId!: string;

  @Field(() => BulkRerunItemStatus, { description: 'What became of it.' })
  status!: keyof typeof BulkRerunItemStatus;

  @GlobalIdField('Run', { nullable: true, description: 'The new run, once it is started.' })
  newRunId!: string | null;

  @Field(() => String, { nullable: true, description: 'The reason why it was not started.' })
  reason!: string | null;

  @Field(() => String, { nullable: true, description: 'The same in words.' })
  message!: string | null;
}
export const BulkRerunItemConnection = connectionOf(BulkRerunItem, 'BulkRerunItem');

@ObjectType({ description: 'Many runs that are run again together.' })
export class BulkRerun {
  @GlobalIdField('BulkRerun', { description: 'The id of the bulk re-run.' })
  id!: string;

  @Field(() => BulkRerunStatus, { description: 'How far it has come.' })
  status!: keyof typeof BulkRerunStatus;

  @Field(() => String, {
    nullable: true,
    description: 'The fingerprint of the failure, if it was started by one.',
  })
  failureFingerprint!: string | null;

  @Field(() => String, { nullable: true, description: 'From which step; where each run failed when null.' })
  fromStep!: string | null;

  @Field(() => Int, { nullable: true, description: "On which version; on each run's own when null." })
  version!: number | null;

  @TimeField({ description: 'When it was asked for.' })
  createdAt!: string;

  @Field(() => Actor, { description: 'Who asked for it.' })
  createdBy!: Actor;

  @TimeField({
    nullable: true,
    description: 'When the last run was started or refused, or it was cancelled.',
  })
  finishedAt!: string | null;

  @Field(() => Int, { description: 'How many runs are still to come.' })
  pending!: number;

  @Field(() => Int, { description: 'How many runs were started.' })
  started!: number;

  @Field(() => Int, { description: 'How many runs were refused.' })
  refused!: number;
}

@InputType({ description: 'Which runs to run again: of one failure, or by their ids.' })
export class PreviewBulkRerunInput {
  @Field(() => String, {
    nullable: true,
    description: 'All runs with this fingerprint that were not run again yet, the oldest 1,000.',
  })
  failureFingerprint?: string | null;

  @Field(() => [ID], { nullable: true, description: 'The ids of runs that are over, at most 1,000.' })
  runIds?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'The path or the id of a step of each run; where each run failed when left out.',
  })
  fromStep?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "The version to run, not an older one; each run's own when left out.",
  })
  version?: number | null;
}

@InputType({ description: 'Which runs to run again: of one failure, or by their ids.' })
export class RerunRunsInput extends PreviewBulkRerunInput {
  @Field(() => String, {
    nullable: true,
    description:
      'A text of your choice. The same text again gives the same bulk re-run instead of a second one.',
  })
  idempotencyKey?: string | null;
}

@InputType({ description: 'The bulk re-run to stop.' })
export class CancelBulkRerunInput {
  @Field(() => ID, { description: 'The id of the bulk re-run.' })
  bulkRerunId!: string;

  @Field(() => String, { nullable: true, description: 'Why, for the audit log.' })
  reason?: string | null;
}
