import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { STEP_KINDS, type StepKind as Kind } from '../../workflows/definitions/model.ts';
import type { Json } from '../../workflows/json.ts';
import type {
  RunResponse as Response,
  RunStatus as Status,
  StepEventKind as EventKind,
  StepStatus as StateOfStep,
} from '../../workflows/runs/model.ts';
import { enumOf, GlobalIdField, TimeField } from '../fields.ts';
import { connectionOf } from '../relay.ts';
import { DateTimeScalar, JsonScalar } from '../scalars.ts';
import { Actor } from '../tenancy/person.model.ts';
import { RunTest } from './test-run.model.ts';

export const RunStatus = enumOf<Status>('RunStatus', 'Where a run stands.', {
  QUEUED: 'It was asked for and begins as soon as a worker is free.',
  RUNNING: 'Steps are being done.',
  WAITING: 'It waits for a time, an event or an approval.',
  PAUSED: 'It was told to hold, and goes on when told to.',
  SUCCEEDED: 'It is done.',
  FAILED: 'It ended with an error.',
  CANCELLED: 'It was told to stop.',
  TIMED_OUT: 'It took longer than its limit.',
});

export const StepStatus = enumOf<StateOfStep>('StepStatus', 'Where a step stands.', {
  RUNNING: 'It is being done.',
  WAITING: 'It waits; waitingFor says for what.',
  RETRYING: 'It failed and is tried again at the time until.',
  SUCCEEDED: 'It is done.',
  FAILED: 'It ended with an error.',
  SKIPPED: 'Its condition did not hold.',
  CANCELLED: 'It was stopped.',
});

export const RunEventKind = enumOf<EventKind>('RunEventKind', 'What happened to a step.', {
  STARTED: 'It began.',
  WAITING: 'It began to wait.',
  RETRYING: 'It failed and will be tried again.',
  SKIPPED: 'It was left out.',
  SUCCEEDED: 'It was done.',
  FAILED: 'It ended with an error.',
  CANCELLED: 'It was stopped.',
});

export const StepKind = enumOf<Kind>(
  'StepKind',
  'What a step does.',
  Object.fromEntries(STEP_KINDS.map((kind) => [kind, `A step of the kind ${kind}.`])) as Record<Kind, string>,
);

const STORED = 'A value of more than 1 MB comes as { "levqor": "stored", … } instead.';

@ObjectType({ description: 'Why a run or a step failed.' })
export class RunError {
  @Field(() => String, { description: 'What kind of failure it is, such as HTTP_STATUS.' })
  code!: string;

  @Field(() => String, { description: 'What went wrong, in words.' })
  message!: string;

  @Field(() => String, { nullable: true, description: 'The step that failed, by its id in the definition.' })
  stepId!: string | null;

  @Field(() => String, { nullable: true, description: 'The step that failed, by its path in the run.' })
  path!: string | null;

  @Field(() => JsonScalar, { nullable: true, description: 'More about it.' })
  details!: Json;
}

@ObjectType({ description: 'A step of a run as it stands.' })
export class RunStep {
  @Field(() => String, {
    description: 'Where the step is in the run: lines[3]/log is the fourth round of a loop.',
  })
  path!: string;

  @Field(() => String, { description: 'The id of the step in the definition.' })
  stepId!: string;

  @Field(() => StepKind, { description: 'What the step does.' })
  kind!: Kind;

  @Field(() => StepStatus, { description: 'Where the step stands.' })
  status!: StateOfStep;

  @Field(() => Int, { description: 'Which attempt this is, counted from 1.' })
  attempt!: number;

  @TimeField({ nullable: true, description: 'When it began.' })
  startedAt!: string | null;

  @TimeField({ nullable: true, description: 'When it ended.' })
  finishedAt!: string | null;

  @Field(() => JsonScalar, { nullable: true, description: `What it was given. ${STORED}` })
  input!: Json;

  @Field(() => JsonScalar, { nullable: true, description: `What it gave. ${STORED}` })
  output!: Json;

  @Field(() => RunError, { nullable: true, description: 'Why it failed, if it did.' })
  error!: RunError | null;

  @Field(() => String, { nullable: true, description: 'What it waits for, if it waits.' })
  waitingFor!: string | null;

  @TimeField({ nullable: true, description: 'Until when it waits, if that is known.' })
  until!: string | null;

  @GlobalIdField('Run', {
    nullable: true,
    description: 'The earlier run in which it was done, if its result was taken over.',
  })
  reusedFrom!: string | null;
}

@ObjectType({ description: 'Something that happened to a step of a run.' })
export class RunEvent {
  @Field(() => Int, { description: 'The place in the order of events, for display.' })
  sequence!: number;

  @TimeField({ description: 'When it happened.' })
  at!: string;

  @Field(() => String, { description: 'The path of the step in the run.' })
  path!: string;

  @Field(() => String, { description: 'The id of the step in the definition.' })
  stepId!: string;

  @Field(() => StepKind, { description: 'What the step does.' })
  stepKind!: Kind;

  @Field(() => RunEventKind, { description: 'What happened.' })
  kind!: EventKind;

  @Field(() => Int, { description: 'Which attempt of the step.' })
  attempt!: number;

  @Field(() => JsonScalar, { nullable: true, description: 'More about it: error, waitingFor, until.' })
  data!: Json;
}

@ObjectType({ description: 'The workflow of a run, with the name that it had when the run was started.' })
export class RunWorkflow {
  @GlobalIdField('Workflow', { description: 'The id of the workflow.' })
  id!: string;

  @Field(() => String, { description: 'The name of the workflow.' })
  name!: string;
}

@ObjectType({ description: 'What a run answered to the call that started it.' })
export class RunResponse {
  @Field(() => Int, { description: 'The HTTP status.' })
  status!: number;

  @Field(() => JsonScalar, { description: 'The headers.' })
  headers!: Record<string, string>;

  @Field(() => JsonScalar, { nullable: true, description: 'The body.' })
  body!: Json;
}

@ObjectType({ description: 'One execution of a published version of a workflow.' })
export class Run {
  @GlobalIdField('Run', { description: 'The id of the run.' })
  id!: string;

  @Field(() => RunStatus, { description: 'Where the run stands.' })
  status!: Status;

  @Field(() => RunWorkflow, { description: 'Its workflow.' })
  workflow!: RunWorkflow;

  @Field(() => Int, { description: 'The version that it runs; 0 for a test of a draft.' })
  version!: number;

  @Field(() => String, { description: 'The hash of the definition that it runs.' })
  hash!: string;

  @Field(() => JsonScalar, { nullable: true, description: `What it was started with. ${STORED}` })
  input!: Json;

  @Field(() => JsonScalar, { nullable: true, description: `What it gave. ${STORED}` })
  output!: Json;

  @Field(() => RunError, { nullable: true, description: 'Why it failed, if it did.' })
  error!: RunError | null;

  @Field(() => String, {
    nullable: true,
    description: 'Equal for runs that failed for one reason; null for a run that did not fail. See failures.',
  })
  failureFingerprint!: string | null;

  @Field(() => [RunStep], {
    description:
      'Its steps in the order in which they began, at most 1,000; of more, all that did not end well come before the others.',
  })
  steps!: RunStep[];

  @Field(() => Int, { description: 'How many steps it has come to so far, each round of a loop counted.' })
  stepCount!: number;

  @Field(() => RunResponse, {
    nullable: true,
    description: 'The answer of its respond step, if there was one.',
  })
  response!: Response | null;

  @Field(() => String, {
    description:
      'What started it: manual, workflow for a run that another run called, rerun for a run again from a step, test for a test run.',
  })
  trigger!: string;

  @Field(() => String, {
    description:
      'The launch stage when it was started; pre-launch means that every change asks for approval.',
  })
  launchStage!: string;

  @GlobalIdField('Run', { nullable: true, description: 'The earlier run whose results it took over.' })
  rerunOf!: string | null;

  @Field(() => String, { nullable: true, description: 'The path of the step from which it ran again.' })
  rerunFrom!: string | null;

  @Field(() => RunTest, {
    nullable: true,
    description: 'Of a test run: which results were given, and where it stops.',
  })
  test!: RunTest | null;

  @Field(() => Actor, { description: 'Who started it.' })
  startedBy!: Actor;

  @GlobalIdField('Run', { nullable: true, description: 'The run that called it, if one did.' })
  parentRunId!: string | null;

  @TimeField({ description: 'When it was asked for.' })
  createdAt!: string;

  @TimeField({ nullable: true, description: 'When it began.' })
  startedAt!: string | null;

  @TimeField({ nullable: true, description: 'When it ended.' })
  finishedAt!: string | null;

  @TimeField({ nullable: true, description: 'When it was told to stop.' })
  cancelRequestedAt!: string | null;
}
export const RunConnection = connectionOf(Run, 'Run');

@ObjectType({ description: 'News of a run.' })
export class RunUpdate {
  @Field(() => Run, { description: 'The run as it stands now.' })
  run!: Run;

  @Field(() => RunEvent, { nullable: true, description: 'What happened; null when only the status is news.' })
  event!: RunEvent | null;
}

@InputType({ description: 'Narrows the list of runs. All that is given must hold.' })
export class RunFilter {
  @Field(() => ID, { nullable: true, description: 'Of this workflow.' })
  workflowId?: string | null;

  @Field(() => [RunStatus], { nullable: true, description: 'With one of these statuses.' })
  status?: Status[] | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Asked for after this time.' })
  startedAfter?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Asked for before this time.' })
  startedBefore?: Date | null;

  @Field(() => Boolean, { nullable: true, description: 'True: only those that you started.' })
  startedByMe?: boolean | null;

  @Field(() => ID, { nullable: true, description: 'Called by this run.' })
  parentRunId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'True: only test runs; false: none of them.' })
  test?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Failed for the reason with this fingerprint.' })
  failureFingerprint?: string | null;
}
