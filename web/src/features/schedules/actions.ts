'use server';

import { graphql, type VariablesOf } from '../../graphql/graphql.ts';
import { change } from '../../lib/change.ts';
import type { Problem } from '../../lib/problem.ts';

const CREATE = graphql(`
  mutation CreateSchedule($input: CreateScheduleInput!) {
    createSchedule(input: $input) {
      id
    }
  }
`);
const PAUSE = graphql(`
  mutation PauseSchedule($input: PauseScheduleInput!) {
    pauseSchedule(input: $input) {
      id
    }
  }
`);
const RESUME = graphql(`
  mutation ResumeSchedule($input: ScheduleInput!) {
    resumeSchedule(input: $input) {
      id
    }
  }
`);
const TRIGGER = graphql(`
  mutation TriggerSchedule($input: TriggerScheduleInput!) {
    triggerSchedule(input: $input) {
      id
    }
  }
`);
const DELETE = graphql(`
  mutation DeleteSchedule($input: ScheduleInput!) {
    deleteSchedule(input: $input) {
      id
    }
  }
`);

export type NewSchedule = VariablesOf<typeof CREATE>['input'];

/** Makes a schedule. Gives why not, or null. */
export async function createSchedule(input: NewSchedule): Promise<Problem | null> {
  return (await change(CREATE, { input })).problem;
}

/** Lets a schedule start nothing until it is resumed. */
export async function pauseSchedule(scheduleId: string): Promise<Problem | null> {
  return (await change(PAUSE, { input: { scheduleId } })).problem;
}

/** Lets a paused schedule start runs again. */
export async function resumeSchedule(scheduleId: string): Promise<Problem | null> {
  return (await change(RESUME, { input: { scheduleId } })).problem;
}

/** Starts a run of a schedule now. */
export async function triggerSchedule(scheduleId: string, idempotencyKey: string): Promise<Problem | null> {
  return (await change(TRIGGER, { input: { scheduleId, idempotencyKey } })).problem;
}

/** Takes a schedule away for good. */
export async function deleteSchedule(scheduleId: string): Promise<Problem | null> {
  return (await change(DELETE, { input: { scheduleId } })).problem;
}
