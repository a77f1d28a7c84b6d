import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { graphql, type Document } from '../../client/index.ts';
import { EXIT, UsageError } from '../cli-error.ts';
import { addCommand, LIST_OPTIONS, type ListOptions } from '../command.ts';
import { dueText, findSchedule, SCHEDULES } from '../find-schedule.ts';
import { findWorkflow } from '../find-workflow.ts';
import { printList } from '../print-list.ts';
import { confirm, isInteractive } from '../prompt.ts';
import { readChoice, readJsonArgument, readNumber, readTime } from '../read-argument.ts';
import type { Session } from '../session.ts';

const CREATE = graphql(`
  mutation CreateSchedule($input: CreateScheduleInput!) {
    createSchedule(input: $input) {
      id
      name
      nextTimes
    }
  }
`);

const PAUSE = graphql(`
  mutation PauseSchedule($input: PauseScheduleInput!) {
    pauseSchedule(input: $input) {
      id
      name
    }
  }
`);

const RESUME = graphql(`
  mutation ResumeSchedule($input: ScheduleInput!) {
    resumeSchedule(input: $input) {
      id
      name
    }
  }
`);

const TRIGGER = graphql(`
  mutation TriggerSchedule($input: TriggerScheduleInput!) {
    triggerSchedule(input: $input) {
      id
      name
    }
  }
`);

const DELETE = graphql(`
  mutation DeleteSchedule($input: ScheduleInput!) {
    deleteSchedule(input: $input) {
      id
      name
    }
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

const BACKFILL = graphql(`
  mutation Backfill($input: BackfillScheduleInput!) {
    backfillSchedule(input: $input) {
      id
      name
    }
  }
`);

const OVERLAPS = ['skip', 'bufferOne', 'bufferAll', 'cancelOther', 'terminateOther', 'allowAll'] as const;
const OVERLAP_OPTION: [string, string] = [
  '--overlap <rule>',
  `when an earlier run is under way: ${OVERLAPS.join(', ')}`,
];

interface CreateOptions {
  name?: string;
  cron?: string[];
  every?: string;
  timeZone?: string;
  starts?: string;
  ends?: string;
  overlap?: string;
  input?: string;
  version?: string;
  paused?: boolean;
}

interface BackfillOptions {
  from?: string;
  until?: string;
  overlap?: string;
  preview?: boolean;
  yes?: boolean;
}

/** Adds `schedules` and `schedule …`. */
export function addScheduleCommands(program: Command): void {
  addCommand<ListOptions & { workflow?: string }>(program, {
    name: 'schedules',
    about: 'list the schedules and when they are due next',
    options: [['--workflow <workflow>', 'only those of this workflow'], ...LIST_OPTIONS],
    run: async (session, { options }) => {
      const { workflow } = options;
      const filter =
        workflow === undefined ? null : { workflowId: (await findWorkflow(session, workflow)).id };
      return printList(session, options, {
        read: async (page) => (await session.request(SCHEDULES, { ...page, filter })).schedules,
        columns: [
          { title: 'NAME', value: ({ name }) => name },
          { title: 'WORKFLOW', value: (schedule) => schedule.workflow.name },
          { title: 'DUE', value: dueText },
          { title: 'NEXT', value: ({ nextTimes }) => session.out.time(nextTimes?.[0]) },
          { title: 'STANDS', value: ({ paused }) => (paused ? 'paused' : 'active') },
          { title: 'ID', value: ({ id }) => id },
        ],
        empty: 'There are no schedules here. "levqor schedule create" makes one.',
      });
    },
  });
  const schedule = program.command('schedule').description('make and control schedules');
  addCreate(schedule);
  addControls(schedule);
  addTimes(schedule);
}

function addCreate(schedule: Command): void {
  addCommand<CreateOptions>(schedule, {
    name: 'create <workflow>',
    about: 'start a workflow at certain times',
    options: [
      ['--name <name>', 'the name of the schedule (that of the workflow)'],
      ['--cron <text...>', 'minute, hour, day of month, month, day of week'],
      ['--every <seconds>', 'every so many seconds'],
      ['--time-zone <name>', 'such as Europe/London (UTC)'],
      ['--starts <time>', 'nothing is due before'],
      ['--ends <time>', 'nothing is due after'],
      OVERLAP_OPTION,
      ['--input <json>', 'the input of each run: JSON text or a file'],
      ['--version <number>', 'the version to run (the newest)'],
      ['--paused', 'make it paused'],
    ],
    examples: [`schedule create Reminders --cron "0 6 * * 1-5" --time-zone Europe/London`],
    run: async (session, { args: [name = ''], options }) => create(session, name, options),
  });
}

async function create(session: Session, text: string, options: CreateOptions): Promise<void> {
  const { cron, every, overlap, version, input } = options;
  if (!cron && every === undefined)
    throw new UsageError('times_missing', 'Say when it is due, with --cron or --every.');
  const workflow = await findWorkflow(session, text);
  const { createSchedule: made } = await session.request(CREATE, {
    input: {
      workflowId: workflow.id,
      name: options.name ?? workflow.name,
      crons: cron ?? null,
      intervals: every === undefined ? null : [{ everySeconds: readNumber(every, '--every') }],
      timeZone: options.timeZone ?? null,
      startsAt: optionalTime(options.starts, '--starts'),
      endsAt: optionalTime(options.ends, '--ends'),
      overlap: optionalOverlap(overlap),
      input: input === undefined ? null : readJsonArgument(input, '--input'),
      version: version === undefined ? null : readNumber(version, '--version'),
      paused: options.paused ?? null,
      idempotencyKey: randomUUID(),
    },
  });
  const { out } = session;
  if (out.json) return out.value(made);
  out.line(`Made the schedule "${made.name}" (${made.id}).`);
  if (made.nextTimes?.[0]) out.line(`It is due next at ${out.time(made.nextTimes[0])}.`);
}

function optionalTime(text: string | undefined, what: string): string | null {
  return text === undefined ? null : readTime(text, what);
}

function optionalOverlap(text: string | undefined) {
  return text === undefined ? null : readChoice(text, OVERLAPS, '--overlap');
}

function addControls(schedule: Command): void {
  addCommand<{ reason?: string }>(schedule, {
    name: 'pause <schedule>',
    about: 'let nothing be due until it is resumed',
    options: [['--reason <text>', 'why']],
    run: async (session, { args: [text = ''], options }) => {
      const { id: scheduleId, name } = await findSchedule(session, text);
      const input = { scheduleId, reason: options.reason ?? null };
      const { pauseSchedule } = await session.request(PAUSE, { input });
      if (session.out.json) return session.out.value(pauseSchedule);
      session.out.line(`"${name}" is paused.`);
    },
  });
  addSimple(schedule, RESUME, { name: 'resume', about: 'let a paused schedule go on', done: 'goes on' });
  addSimple(schedule, DELETE, {
    name: 'delete',
    about: 'end a schedule for good; its runs stay',
    done: 'is deleted',
  });
  addCommand<{ overlap?: string }>(schedule, {
    name: 'trigger <schedule>',
    about: 'start it now, as if it were due',
    options: [OVERLAP_OPTION],
    run: async (session, { args: [text = ''], options }) => {
      const { id: scheduleId, name } = await findSchedule(session, text);
      const input = { scheduleId, overlap: optionalOverlap(options.overlap), idempotencyKey: randomUUID() };
      const { triggerSchedule } = await session.request(TRIGGER, { input });
      if (session.out.json) return session.out.value(triggerSchedule);
      session.out.line(`"${name}" was triggered; "levqor runs" shows the run.`);
    },
  });
}

function addSimple(
  schedule: Command,
  document: Document<object, { input: { scheduleId: string } }>,
  { name, about, done }: { name: string; about: string; done: string },
): void {
  addCommand(schedule, {
    name: `${name} <schedule>`,
    about,
    run: async (session, { args: [text = ''] }) => {
      const found = await findSchedule(session, text);
      const answer = await session.request(document, { input: { scheduleId: found.id } });
      if (session.out.json) return session.out.value(Object.values(answer)[0]);
      session.out.line(`"${found.name}" ${done}.`);
    },
  });
}

function addTimes(schedule: Command): void {
  addCommand(schedule, {
    name: 'next <schedule>',
    about: 'when it is due next',
    run: async (session, { args: [text = ''] }) => {
      const { name, nextTimes } = await findSchedule(session, text);
      const { out } = session;
      if (out.json) return out.value({ name, nextTimes });
      if (!nextTimes) return out.line('The times are not known at this moment. Try again in a minute.');
      if (nextTimes.length === 0) return out.line(`"${name}" is not due any more.`);
      for (const time of nextTimes) out.line(out.time(time));
    },
  });
  addCommand<BackfillOptions>(schedule, {
    name: 'backfill <schedule>',
    about: 'make up for a period: start a run for each time that was due in it',
    options: [
      ['--from <time>', 'the beginning of the period'],
      ['--until <time>', 'its end'],
      OVERLAP_OPTION,
      ['--preview', 'only show which times'],
      ['--yes', 'do not ask'],
    ],
    run: (session, { args: [text = ''], options }) => backfill(session, text, options),
  });
}

async function backfill(session: Session, text: string, options: BackfillOptions): Promise<number> {
  if (!options.from || !options.until)
    throw new UsageError('option_missing', 'Say the period, with --from and --until.');
  const { out, request } = session;
  const { id: scheduleId, name } = await findSchedule(session, text);
  const period = {
    scheduleId,
    from: readTime(options.from, '--from'),
    until: readTime(options.until, '--until'),
  };
  const { previewBackfill: preview } = await request(PREVIEW_BACKFILL, { input: period });
  out.line(`"${name}" was due ${preview.count} times in it:`);
  for (const time of preview.times) out.line(`  ${out.time(time)}`);
  if (preview.count > preview.times.length) out.line('  …');
  if (options.preview) {
    if (out.json) out.value({ preview });
    return EXIT.done;
  }
  if (!options.yes) {
    if (out.json || !isInteractive())
      throw new UsageError('not_confirmed', 'Nothing was started.', 'Say --yes to start them.');
    if (!(await confirm(`Start ${preview.count} runs?`))) return EXIT.failed;
  }
  const input = { ...period, overlap: optionalOverlap(options.overlap), idempotencyKey: randomUUID() };
  const { backfillSchedule } = await request(BACKFILL, { input });
  if (out.json) out.value({ preview, schedule: backfillSchedule });
  else out.line('They start one after the other; "levqor runs" shows them.');
  return EXIT.done;
}
