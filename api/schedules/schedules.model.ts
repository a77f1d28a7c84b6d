import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { OverlapPolicy } from '../../workflows/schedules/model.ts';
import type { RunStatus as Status } from '../../workflows/runs/model.ts';
import type { Json } from '../../workflows/json.ts';
import { enumOf, GlobalIdField, TimeField } from '../fields.ts';
import { connectionOf } from '../relay.ts';
import { RunStatus } from '../runs/runs.model.ts';
import { DateTimeScalar, JsonScalar } from '../scalars.ts';
import { Person } from '../tenancy/person.model.ts';

export const ScheduleOverlap = enumOf<OverlapPolicy>(
  'ScheduleOverlap',
  'What happens when a schedule is due while a run that it started is still under way.',
  {
    skip: 'Nothing is started.',
    bufferOne: 'One run waits for its turn; more are left out.',
    bufferAll: 'All runs wait for their turn, one after the other.',
    cancelOther: 'The earlier run is cancelled; the next one starts when its clean-up is done.',
    terminateOther: 'The earlier run is asked to cancel; the next one starts at once.',
    allowAll: 'Runs go on side by side.',
  },
);

export const ScheduleSource = enumOf<'person' | 'definition'>(
  'ScheduleSource',
  'Where a schedule comes from.',
  {
    person: 'Somebody made it.',
    definition: 'The newest published version of the workflow has it as a trigger; a publication changes it.',
  },
);

@ObjectType({
  description: 'Due again and again after a fixed time, counted from 1 January 1970, 00:00 UTC.',
})
export class ScheduleInterval {
  @Field(() => Int, { description: 'The time between two starts, in seconds.' })
  everySeconds!: number;

  @Field(() => Int, { description: 'By how many seconds each start is moved.' })
  offsetSeconds!: number;
}

@ObjectType({ description: 'Due at the times that fit all fields, each written as in a cron text.' })
export class ScheduleCalendar {
  @Field(() => String, { nullable: true, description: 'Years; any when null.' })
  year!: string | null;

  @Field(() => String, { nullable: true, description: 'Months, 1 to 12 or jan to dec; any when null.' })
  month!: string | null;

  @Field(() => String, { nullable: true, description: 'Days of the month, 1 to 31; any when null.' })
  dayOfMonth!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Days of the week, 0 to 7 or sun to sat, 0 and 7 being Sunday; any when null.',
  })
  dayOfWeek!: string | null;

  @Field(() => String, { nullable: true, description: 'Hours, 0 to 23; 0 when null.' })
  hour!: string | null;

  @Field(() => String, { nullable: true, description: 'Minutes, 0 to 59; 0 when null.' })
  minute!: string | null;

  @Field(() => String, { nullable: true, description: 'Seconds, 0 to 59; 0 when null.' })
  second!: string | null;
}

@ObjectType({
  description:
    'When a schedule is due: at the times of all its cron texts, intervals and calendar entries together. On the day ' +
    'on which clocks go forward, a time that does not exist is left out; when they go back, a time that comes twice ' +
    'may be due twice. Choose a time outside of these hours, or UTC, where that matters.',
})
export class ScheduleSpec {
  @Field(() => [String], {
    description:
      'Cron texts of five fields: minute, hour, day of month, month, day of week. All five must fit, the day of the ' +
      'month and the day of the week too.',
  })
  crons!: string[];

  @Field(() => [ScheduleInterval], { description: 'Intervals.' })
  intervals!: ScheduleInterval[];

  @Field(() => [ScheduleCalendar], { description: 'Calendar entries.' })
  calendars!: ScheduleCalendar[];

  @Field(() => String, { description: 'The time zone of cron texts and calendar entries, by its IANA name.' })
  timeZone!: string;

  @TimeField({ nullable: true, description: 'Nothing is due before this time.' })
  startsAt!: string | null;

  @TimeField({ nullable: true, description: 'Nothing is due after this time.' })
  endsAt!: string | null;

  @Field(() => Int, { description: 'Each start is moved by a random time up to so many seconds.' })
  jitterSeconds!: number;
}

@ObjectType({ description: 'Since when a schedule is paused, by whom and why.' })
export class SchedulePause {
  @TimeField({ description: 'Since when.' })
  at!: string;

  @Field(() => Person, {
    nullable: true,
    description: 'Who paused it; null for one who left or is no person.',
  })
  by!: Person | null;

  @Field(() => String, { nullable: true, description: 'Why, in the words of who paused it.' })
  reason!: string | null;
}

@ObjectType({ description: 'A run that a schedule started.' })
export class ScheduledRun {
  @GlobalIdField('Run', { description: 'The id of the run.' })
  id!: string;

  @Field(() => RunStatus, { description: 'Where it stands.' })
  status!: Status;

  @Field(() => Int, { description: 'The version that it runs.' })
  version!: number;

  @TimeField({ nullable: true, description: 'The time at which the schedule was due.' })
  scheduledFor!: string | null;

  @TimeField({ description: 'When it was asked for.' })
  createdAt!: string;

  @TimeField({ nullable: true, description: 'When it began.' })
  startedAt!: string | null;

  @TimeField({ nullable: true, description: 'When it was over.' })
  finishedAt!: string | null;
}

@ObjectType({ description: 'A time at which a schedule was due and no run could be started.' })
export class RefusedFiring {
  @TimeField({ description: 'When it was refused.' })
  at!: string;

  @TimeField({ description: 'The time at which the schedule was due.' })
  scheduledFor!: string;

  @Field(() => String, { description: 'Why, as a stable word for programs.' })
  reason!: string;

  @Field(() => String, { description: 'Why, and what to do.' })
  message!: string;
}

@ObjectType({ description: 'The workflow that a schedule starts.' })
export class ScheduleWorkflow {
  @GlobalIdField('Workflow', { description: 'The id of the workflow.' })
  id!: string;

  @Field(() => String, { description: 'The name of the workflow.' })
  name!: string;
}

@ObjectType({ description: 'Starts runs of a workflow at set times.' })
export class Schedule {
  @GlobalIdField('Schedule', { description: 'The id of the schedule.' })
  id!: string;

  @Field(() => String, { description: 'The name of the schedule.' })
  name!: string;

  @Field(() => ScheduleWorkflow, { description: 'What it starts.' })
  workflow!: ScheduleWorkflow;

  @Field(() => Int, { nullable: true, description: 'The version that it runs; null runs the newest one.' })
  version!: number | null;

  @Field(() => JsonScalar, { nullable: true, description: 'The input of each run.' })
  input!: Json;

  @Field(() => ScheduleSpec, { description: 'When it is due.' })
  spec!: ScheduleSpec;

  @Field(() => ScheduleOverlap, { description: 'What happens when an earlier run is still under way.' })
  overlap!: OverlapPolicy;

  @Field(() => Int, {
    description: 'How late a start that an outage held up is still made up for, in seconds.',
  })
  catchUpSeconds!: number;

  @Field(() => SchedulePause, { nullable: true, description: 'Set while it is paused.' })
  paused!: SchedulePause | null;

  @Field(() => ScheduleSource, { description: 'Where it comes from.' })
  source!: keyof typeof ScheduleSource;

  @TimeField({ description: 'When it was made.' })
  createdAt!: string;

  @Field(() => Person, {
    nullable: true,
    description: 'Who made it, and in whose name its runs go; null for one who left or is no person.',
  })
  createdBy!: Person | null;

  @TimeField({ description: 'When it was last changed.' })
  updatedAt!: string;

  @TimeField({ nullable: true, description: 'When it was deleted.' })
  deletedAt!: string | null;
}
export const ScheduleConnection = connectionOf(Schedule, 'Schedule');

@ObjectType({ description: 'What a backfill would make up for.' })
export class BackfillPreview {
  @Field(() => Int, { description: 'How many times there are, at most 1,000.' })
  count!: number;

  @Field(() => [DateTimeScalar], { description: 'The times, earliest first.' })
  times!: Date[];
}
