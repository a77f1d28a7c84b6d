import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { graphql } from '../../client/index.ts';
import { UsageError } from '../cli-error.ts';
import { addCommand } from '../command.ts';
import { dueText, findSchedule, optionalOverlap, OVERLAP_OPTION, SCHEDULE_FIELDS } from '../find-schedule.ts';
import { findWorkflow } from '../find-workflow.ts';
import { readDuration, readJsonArgument, readNumber } from '../read-argument.ts';
import {
  hasTimes,
  PREVIEW,
  readTimes,
  readVersion,
  TIME_OPTIONS,
  type TimeOptions,
} from '../schedule-times.ts';
import type { Session } from '../session.ts';

const CREATE = graphql(
  `
    mutation CreateSchedule($input: CreateScheduleInput!) {
      createSchedule(input: $input) {
        ...ScheduleFields
      }
    }
  `,
  [SCHEDULE_FIELDS],
);

const UPDATE = graphql(
  `
    mutation UpdateSchedule($input: UpdateScheduleInput!) {
      updateSchedule(input: $input) {
        ...ScheduleFields
      }
    }
  `,
  [SCHEDULE_FIELDS],
);

interface ScheduleOptions extends TimeOptions {
  name?: string;
  overlap?: string;
  catchUp?: string;
  input?: string;
  version?: string;
}

const RUN_OPTIONS: [flags: string, about: string][] = [
  OVERLAP_OPTION,
  ['--catch-up <time>', 'how late a start that an outage held up is made up for (1h)'],
  ['--input <json>', 'the input of each run: JSON text or a file'],
  ['--version <number>', 'the version to run, or "newest" (newest)'],
];

/** Adds `create`, `update` and `preview` to `schedule`. */
export function addScheduleChanges(schedule: Command): void {
  addCommand<ScheduleOptions & { paused?: boolean }>(schedule, {
    name: 'create <workflow>',
    about: 'start a workflow at certain times',
    options: [
      ['--name <name>', 'the name of the schedule (that of the workflow)'],
      ...TIME_OPTIONS,
      ...RUN_OPTIONS,
      ['--paused', 'make it paused'],
    ],
    examples: [
      'schedule create Reminders --cron "0 6 * * 1-5" --time-zone Europe/London',
      'schedule create Backup --every 6h --jitter 5m --overlap skip --catch-up 1d',
      `schedule create Report --calendar '{"dayOfMonth": "1", "hour": "9"}'`,
    ],
    run: (session, { args: [text = ''], options }) => create(session, text, options),
  });
  addCommand<ScheduleOptions>(schedule, {
    name: 'update <schedule>',
    about: 'change it; new times take the place of all before',
    options: [
      ['--name <name>', 'a new name'],
      ...TIME_OPTIONS.map(([flags, about]): [string, string] =>
        /^--(starts|ends)/.test(flags)
          ? [flags, `${about}, or "none"`]
          : [flags, about.replace(/ \(.+\)$/, '')],
      ),
      ...RUN_OPTIONS.map(([flags, about]): [string, string] => [flags, about.replace(/ \(.+\)$/, '')]),
    ],
    examples: ['schedule update Reminders --cron "0 7 * * 1-5"', 'schedule update Backup --version newest'],
    run: (session, { args: [text = ''], options }) => update(session, text, options),
  });
  addPreview(schedule);
}

async function create(
  session: Session,
  text: string,
  options: ScheduleOptions & { paused?: boolean },
): Promise<void> {
  if (!hasTimes(options)) throw timesMissing();
  const { out } = session;
  const times = readTimes(options);
  const how = readHow(options);
  const workflow = await findWorkflow(session, text);
  const { createSchedule: made } = await session.request(CREATE, {
    input: {
      ...times,
      ...how,
      workflowId: workflow.id,
      name: options.name ?? workflow.name,
      paused: options.paused ?? null,
      idempotencyKey: randomUUID(),
    },
  });
  if (out.json) return out.value(made);
  out.line(`Made the schedule "${made.name}" (${made.id})${made.paused ? ', paused' : ''}.`);
  if (made.nextTimes?.[0]) out.line(`It is due next at ${out.time(made.nextTimes[0])}.`);
}

async function update(session: Session, text: string, options: ScheduleOptions): Promise<void> {
  const { out } = session;
  const { name } = options;
  const changes = { ...readTimes(options), ...readHow(options), ...(name !== undefined && { name }) };
  if (Object.keys(changes).length === 0)
    throw new UsageError(
      'option_missing',
      'Say what to change.',
      '"levqor schedule update --help" lists it.',
    );
  const { id: scheduleId } = await findSchedule(session, text);
  const { updateSchedule: now } = await session.request(UPDATE, { input: { ...changes, scheduleId } });
  if (out.json) return out.value(now);
  out.line(
    `"${now.name}" is changed: ${dueText(now)}, ${now.version === null ? 'newest version' : `version ${now.version}`}.`,
  );
}

/** How runs are started, without what was not said. */
function readHow({ overlap, catchUp, input, version }: ScheduleOptions) {
  return {
    ...(overlap !== undefined && { overlap: optionalOverlap(overlap) }),
    ...(catchUp !== undefined && { catchUpSeconds: readDuration(catchUp, '--catch-up') }),
    ...(input !== undefined && { input: readJsonArgument(input, '--input') }),
    ...(version !== undefined && { version: readVersion(version) }),
  };
}

function addPreview(schedule: Command): void {
  addCommand<TimeOptions & { count?: string }>(schedule, {
    name: 'preview',
    about: 'when a schedule with these times would be due; makes nothing',
    options: [...TIME_OPTIONS, ['--count <number>', 'how many times to show, at most 10 (10)']],
    examples: ['schedule preview --cron "0 9 * * 1" --time-zone Asia/Tokyo'],
    run: async ({ request, out }, { options }) => {
      if (!hasTimes(options)) throw timesMissing();
      const { count } = options;
      const input = {
        ...readTimes(options),
        count: count === undefined ? null : readNumber(count, '--count'),
      };
      const { previewSchedule: times } = await request(PREVIEW, { input });
      if (out.json) return out.value({ times });
      if (times.length === 0) out.line('It would never be due.');
      for (const time of times) out.line(out.time(time));
    },
  });
}

function timesMissing(): UsageError {
  return new UsageError('times_missing', 'Say when it is due, with --cron, --every or --calendar.');
}
