import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import type { Json } from '../../workflows/json.ts';
import type { OverlapPolicy } from '../../workflows/schedules/model.ts';
import { IdempotencyKeyField } from '../fields.ts';
import { DateTimeScalar, JsonScalar } from '../scalars.ts';
import { ScheduleOverlap } from './schedules.model.ts';

@InputType({ description: 'Due again and again after a fixed time, counted from 1 January 1970, 00:00 UTC.' })
export class ScheduleIntervalInput {
  @Field(() => Int, { description: 'The time between two starts, in seconds; at least 10.' })
  everySeconds!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'By how many seconds each start is moved; 0 when left out.',
  })
  offsetSeconds?: number | null;
}

const PART = 'as in a cron text: a number, a list, a range, a step or *';

@InputType({ description: 'Due at the times that fit all fields.' })
export class ScheduleCalendarInput {
  @Field(() => String, { nullable: true, description: `Years, ${PART}; any when left out.` })
  year?: string | null;

  @Field(() => String, { nullable: true, description: `Months, ${PART}; any when left out.` })
  month?: string | null;

  @Field(() => String, { nullable: true, description: `Days of the month, ${PART}; any when left out.` })
  dayOfMonth?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `Days of the week, 0 and 7 being Sunday, ${PART}; any when left out.`,
  })
  dayOfWeek?: string | null;

  @Field(() => String, { nullable: true, description: `Hours, ${PART}; 0 when left out.` })
  hour?: string | null;

  @Field(() => String, { nullable: true, description: `Minutes, ${PART}; 0 when left out.` })
  minute?: string | null;

  @Field(() => String, { nullable: true, description: `Seconds, ${PART}; 0 when left out.` })
  second?: string | null;
}

@InputType({ isAbstract: true })
class ScheduleTimesInput {
  @Field(() => [String], {
    nullable: true,
    description:
      'Up to 10 cron texts of five fields: minute, hour, day of month, month, day of week. All must fit.',
  })
  crons?: string[] | null;

  @Field(() => [ScheduleIntervalInput], { nullable: true, description: 'Up to 10 intervals.' })
  intervals?: ScheduleIntervalInput[] | null;

  @Field(() => [ScheduleCalendarInput], { nullable: true, description: 'Up to 10 calendar entries.' })
  calendars?: ScheduleCalendarInput[] | null;

  @Field(() => String, { nullable: true, description: 'The IANA name of a time zone; UTC when left out.' })
  timeZone?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Nothing is due before this time.' })
  startsAt?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Nothing is due after this time.' })
  endsAt?: Date | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Each start is moved by a random time up to so many seconds: 0 to 86,400; 0 when left out.',
  })
  jitterSeconds?: number | null;
}

@InputType({ isAbstract: true })
class ScheduleFieldsInput extends ScheduleTimesInput {
  @Field(() => Int, { nullable: true, description: 'The version to run; the newest one when null.' })
  version?: number | null;

  @Field(() => JsonScalar, { nullable: true, description: 'The input of each run; {} when left out.' })
  input?: Json;

  @Field(() => ScheduleOverlap, {
    nullable: true,
    description: 'What happens when an earlier run is still under way; skip when left out.',
  })
  overlap?: OverlapPolicy | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How late a start that an outage held up is still made up for: 10 to 31,536,000 seconds; 3,600 when left out.',
  })
  catchUpSeconds?: number | null;
}

@InputType({ description: 'A schedule to make.' })
export class CreateScheduleInput extends ScheduleFieldsInput {
  @Field(() => ID, { description: 'The id of the workflow to start.' })
  workflowId!: string;

  @Field(() => String, { description: 'The name of the schedule.' })
  name!: string;

  @Field(() => Boolean, { nullable: true, description: 'True makes it paused; false when left out.' })
  paused?: boolean | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

@InputType({ description: 'What to change of a schedule. What is left out stays as it is.' })
export class UpdateScheduleInput extends ScheduleFieldsInput {
  @Field(() => ID, { description: 'The id of the schedule.' })
  scheduleId!: string;

  @Field(() => String, { nullable: true, description: 'The name of the schedule.' })
  name?: string | null;
}

@InputType({ description: 'The schedule to resume or to delete.' })
export class ScheduleInput {
  @Field(() => ID, { description: 'The id of the schedule.' })
  scheduleId!: string;
}

@InputType({ description: 'The schedule to pause.' })
export class PauseScheduleInput extends ScheduleInput {
  @Field(() => String, { nullable: true, description: 'Why, for others to see.' })
  reason?: string | null;
}

@InputType({ description: 'The schedule that is to be due now.' })
export class TriggerScheduleInput extends ScheduleInput {
  @Field(() => ScheduleOverlap, {
    nullable: true,
    description:
      "What happens when an earlier run is still under way; the schedule's own choice when left out.",
  })
  overlap?: OverlapPolicy | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

@InputType({ description: 'A past period of a schedule.' })
export class PreviewBackfillInput extends ScheduleInput {
  @Field(() => DateTimeScalar, { description: 'The start of the period.' })
  from!: Date;

  @Field(() => DateTimeScalar, { description: 'The end of the period; it must be past. Both ends count.' })
  until!: Date;
}

@InputType({ description: 'The past times of a schedule to make up for, at most 1,000.' })
export class BackfillScheduleInput extends PreviewBackfillInput {
  @Field(() => ScheduleOverlap, {
    nullable: true,
    description: 'How the runs follow each other; one after the other (bufferAll) when left out.',
  })
  overlap?: OverlapPolicy | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

@InputType({ description: 'Times to try out.' })
export class PreviewScheduleInput extends ScheduleTimesInput {
  @Field(() => Int, {
    nullable: true,
    description: 'How many of the next times to give: 1 to 10, 10 when left out.',
  })
  count?: number | null;
}

@InputType({ description: 'Which schedules to list.' })
export class ScheduleFilter {
  @Field(() => ID, { nullable: true, description: 'Of this workflow.' })
  workflowId?: string | null;
}

@ArgsType()
export class FirstArgs {
  @Field(() => Int, { defaultValue: 10, description: 'How many items to give, 1 to 100.' })
  first!: number;
}
