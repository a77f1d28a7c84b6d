'use server';

import { graphql, type VariablesOf } from '../../graphql/graphql.ts';
import { ask, type Answer } from '../../lib/api.ts';
import { change } from '../../lib/change.ts';
import type { Problem } from '../../lib/problem.ts';

const CREATE = graphql(`
  mutation CreateSchedule($input: CreateScheduleInput!) {
    createSchedule(input: $input) {
      id
    }
  }
`);
const UPDATE = graphql(`
  mutation UpdateSchedule($input: UpdateScheduleInput!) {
    updateSchedule(input: $input) {
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
const BACKFILL = graphql(`
  mutation BackfillSchedule($input: BackfillScheduleInput!) {
    backfillSchedule(input: $input) {
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
const PREVIEW = graphql(`
  query PreviewSchedule($input: PreviewScheduleInput!) {
    previewSchedule(input: $input)
  }
`);
const PREVIEW_BACKFILL = graphql(`
  query PreviewBackfill($input: PreviewBackfillInput!) {
    previewBackfill(input: $input) {
      count
      times
    }
  }
`);

export type NewSchedule = VariablesOf<typeof CREATE>['input'];
export type ChangedSchedule = VariablesOf<typeof UPDATE>['input'];
export type TriedSchedule = VariablesOf<typeof PREVIEW>['input'];

/** Makes a schedule. Gives why not, or null; so do the others that change something. */
export async function createSchedule(input: NewSchedule): Promise<Problem | null> {
  return (await change(CREATE, { input })).problem;
}

/** Changes a schedule; what is left out stays as it is. */
export async function updateSchedule(input: ChangedSchedule): Promise<Problem | null> {
  return (await change(UPDATE, { input })).problem;
}

/** Lets a schedule start nothing until it is resumed. */
export async function pauseSchedule(scheduleId: string, reason: string): Promise<Problem | null> {
  return (await change(PAUSE, { input: { scheduleId, reason: reason.trim() || null } })).problem;
}

/** Lets a paused schedule start runs again. */
export async function resumeSchedule(scheduleId: string): Promise<Problem | null> {
  return (await change(RESUME, { input: { scheduleId } })).problem;
}

/** Starts a run of a schedule now. */
export async function triggerSchedule(scheduleId: string, idempotencyKey: string): Promise<Problem | null> {
  return (await change(TRIGGER, { input: { scheduleId, idempotencyKey } })).problem;
}

/** Lets a schedule be due for the past times of a period. */
export async function backfillSchedule(
  input: VariablesOf<typeof BACKFILL>['input'],
): Promise<Problem | null> {
  return (await change(BACKFILL, { input })).problem;
}

/** Takes a schedule away for good. */
export async function deleteSchedule(scheduleId: string): Promise<Problem | null> {
  return (await change(DELETE, { input: { scheduleId } })).problem;
}

/** The next times of a schedule that does not exist yet. Keeps nothing. */
export async function previewSchedule(input: TriedSchedule): Promise<Answer<string[]>> {
  const { data, problem } = await ask(PREVIEW, { input });
  return problem === null ? { data: data.previewSchedule, problem } : { data: null, problem };
}

/** The past times that a backfill would make up for. Starts nothing. */
export async function previewBackfill(
  input: VariablesOf<typeof PREVIEW_BACKFILL>['input'],
): Promise<Answer<{ count: number; times: string[] }>> {
  const { data, problem } = await ask(PREVIEW_BACKFILL, { input });
  return problem === null ? { data: data.previewBackfill, problem } : { data: null, problem };
}
