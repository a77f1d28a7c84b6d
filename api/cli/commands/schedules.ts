import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { graphql } from '../../client/index.ts';
import { EXIT, UsageError } from '../cli-error.ts';
import { addCommand, LIST_OPTIONS, type ListOptions } from '../command.ts';
import { confirmChange, YES_OPTION } from '../confirm-change.ts';
import { dueText, findSchedule, optionalOverlap, OVERLAP_OPTION, SCHEDULES } from '../find-schedule.ts';
import { findWorkflow } from '../find-workflow.ts';
import { printList } from '../print-list.ts';
import { readTime } from '../read-argument.ts';
import type { Session } from '../session.ts';
import { addScheduleChanges } from './schedule-changes.ts';

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
    examples: ['schedules', 'schedules --workflow Reminders'],
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
  addScheduleChanges(schedule);
  addControls(schedule);
  addTimes(schedule);
  addDelete(schedule);
}

function addControls(schedule: Command): void {
  addCommand<{ reason?: string }>(schedule, {
    name: 'pause <schedule>',
    about: 'let nothing be due until it is resumed',
    options: [['--reason <text>', 'why']],
    examples: ['schedule pause Reminders --reason Holiday'],
    run: async (session, { args: [text = ''], options }) => {
      const { id: scheduleId, name } = await findSchedule(session, text);
      const input = { scheduleId, reason: options.reason ?? null };
      const { pauseSchedule } = await session.request(PAUSE, { input });
      if (session.out.json) return session.out.value(pauseSchedule);
      session.out.line(`"${name}" is paused.`);
    },
  });
  addCommand(schedule, {
    name: 'resume <schedule>',
    about: 'let a paused schedule go on',
    examples: ['schedule resume Reminders'],
    run: async (session, { args: [text = ''] }) => {
      const { id: scheduleId, name } = await findSchedule(session, text);
      const { resumeSchedule } = await session.request(RESUME, { input: { scheduleId } });
      if (session.out.json) return session.out.value(resumeSchedule);
      session.out.line(`"${name}" goes on.`);
    },
  });
  addCommand<{ overlap?: string }>(schedule, {
    name: 'trigger <schedule>',
    about: 'start it now, as if it were due',
    options: [OVERLAP_OPTION],
    examples: ['schedule trigger Reminders'],
    run: async (session, { args: [text = ''], options }) => {
      const { id: scheduleId, name } = await findSchedule(session, text);
      const input = { scheduleId, overlap: optionalOverlap(options.overlap), idempotencyKey: randomUUID() };
      const { triggerSchedule } = await session.request(TRIGGER, { input });
      if (session.out.json) return session.out.value(triggerSchedule);
      session.out.line(`"${name}" was triggered; "levqor runs" shows the run.`);
    },
  });
}

function addDelete(schedule: Command): void {
  addCommand<{ yes?: boolean }>(schedule, {
    name: 'delete <schedule>',
    about: 'end a schedule for good; its runs stay',
    options: [YES_OPTION],
    examples: ['schedule delete Reminders --yes'],
    run: async (session, { args: [text = ''], options }) => {
      const { id: scheduleId, name } = await findSchedule(session, text);
      const change = { question: `Delete the schedule "${name}"?`, undone: 'deleted' };
      if (!(await confirmChange(session, options, change))) return EXIT.failed;
      const { deleteSchedule } = await session.request(DELETE, { input: { scheduleId } });
      if (session.out.json) session.out.value(deleteSchedule);
      else session.out.line(`"${name}" is deleted.`);
      return EXIT.done;
    },
  });
}

function addTimes(schedule: Command): void {
  addCommand(schedule, {
    name: 'next <schedule>',
    about: 'when it is due next',
    examples: ['schedule next Reminders'],
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
    about: 'make up for a period: a run for each time that was due',
    options: [
      ['--from <time>', 'the beginning of the period'],
      ['--until <time>', 'its end'],
      OVERLAP_OPTION,
      ['--preview', 'only show which times'],
      YES_OPTION,
    ],
    examples: [
      'schedule backfill Reminders --from 2026-11-01 --until 2026-11-08 --preview',
      'schedule backfill Reminders --from 2026-11-01 --until 2026-11-08 --yes',
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
  const change = { question: `Start ${preview.count} runs?`, undone: 'started', hasPreview: true };
  if (!(await confirmChange(session, options, change))) return EXIT.failed;
  const input = { ...period, overlap: optionalOverlap(options.overlap), idempotencyKey: randomUUID() };
  const { backfillSchedule } = await request(BACKFILL, { input });
  if (out.json) out.value({ preview, schedule: backfillSchedule });
  else out.line('They start one after the other; "levqor runs" shows them.');
  return EXIT.done;
}
