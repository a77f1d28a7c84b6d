import type { Command } from 'commander';
import { graphql, type Document } from '../../client/index.ts';
import { addCommand } from '../command.ts';
import { readJsonArgument } from '../read-argument.ts';

const CANCEL = graphql(`
  mutation CancelRun($input: CancelRunInput!) {
    cancelRun(input: $input) {
      id
      status
    }
  }
`);

const PAUSE = graphql(`
  mutation PauseRun($input: RunControlInput!) {
    pauseRun(input: $input) {
      id
      status
    }
  }
`);

const RESUME = graphql(`
  mutation ResumeRun($input: RunControlInput!) {
    resumeRun(input: $input) {
      id
      status
    }
  }
`);

const SEND_EVENT = graphql(`
  mutation SendEvent($input: SendEventInput!) {
    sendEvent(input: $input) {
      id
      status
    }
  }
`);

/** Adds `cancel`, `pause`, `resume` and `send-event`. */
export function addControlCommands(program: Command): void {
  addCommand<{ reason?: string }>(program, {
    name: 'cancel <run>',
    about: 'ask a run to stop; it ends once its clean-up is done',
    options: [['--reason <text>', 'why, for the audit log']],
    examples: ['cancel run_… --reason "Ordered twice"'],
    run: async ({ request, out }, { args: [runId = ''], options }) => {
      const { cancelRun } = await request(CANCEL, { input: { runId, reason: options.reason ?? null } });
      if (out.json) return out.value(cancelRun);
      out.line(`${runId} was asked to stop. "levqor logs ${runId} --follow" shows it.`);
    },
  });
  addHold(program, PAUSE, {
    name: 'pause',
    about: 'ask a run to hold before its next step',
    done: 'holds before its next step',
  });
  addHold(program, RESUME, { name: 'resume', about: 'let a paused run go on', done: 'goes on' });
  addCommand(program, {
    name: 'send-event <run> <name> [json]',
    about: 'send a named event to a waiting run, with a payload if any',
    examples: [`send-event run_… paid '{"amount": 12}'`],
    run: async ({ request, out }, { args: [runId = '', name = '', json] }) => {
      const payload = json === undefined ? null : readJsonArgument(json, 'Payload');
      const { sendEvent } = await request(SEND_EVENT, { input: { runId, name, payload } });
      if (out.json) return out.value(sendEvent);
      out.line(`Sent "${name}" to ${runId}.`);
    },
  });
}

function addHold(
  program: Command,
  document: Document<object, { input: { runId: string } }>,
  { name, about, done }: { name: string; about: string; done: string },
): void {
  addCommand(program, {
    name: `${name} <run>`,
    about,
    examples: [`${name} run_…`],
    run: async ({ request, out }, { args: [runId = ''] }) => {
      const answer = await request(document, { input: { runId } });
      if (out.json) return out.value(Object.values(answer)[0]);
      out.line(`${runId} ${done}.`);
    },
  });
}
