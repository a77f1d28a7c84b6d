import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { graphql } from '../../client/index.ts';
import type { ResultOf, VariablesOf } from '../../client/index.ts';
import { CliError } from '../cli-error.ts';
import { addCommand, LIST_OPTIONS, type ListOptions } from '../command.ts';
import { findWorkflow } from '../find-workflow.ts';
import { followRun, printEvent, readEvents } from '../follow-run.ts';
import { printList } from '../print-list.ts';
import { readChoice, readJsonArgument, readNumber } from '../read-argument.ts';
import { exitCodeOfRun, printOutcome, printRun, RUN } from '../run-view.ts';
import type { Session } from '../session.ts';
import { between } from '../times.ts';

const START = graphql(`
  mutation StartRun($input: StartRunInput!) {
    startRun(input: $input) {
      id
      status
      version
      workflow {
        name
      }
    }
  }
`);

const RUNS = graphql(`
  query Runs($first: Int!, $after: String, $filter: RunFilter) {
    runs(first: $first, after: $after, filter: $filter) {
      edges {
        node {
          id
          status
          version
          trigger
          createdAt
          startedAt
          finishedAt
          workflow {
            id
            name
          }
          error {
            code
            message
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

type Status = ResultOf<typeof RUNS>['runs']['edges'][number]['node']['status'];
const STATUSES = [
  'QUEUED',
  'RUNNING',
  'WAITING',
  'PAUSED',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
  'TIMED_OUT',
] as const satisfies readonly Status[];

interface RunOptions {
  input?: string;
  version?: string;
  wait?: boolean;
  follow?: boolean;
}

interface RunsOptions extends ListOptions {
  status?: string[];
  workflow?: string;
  failed?: boolean;
  mine?: boolean;
}

/** Adds `run`, `runs`, `show` and `logs`. */
export function addRunCommands(program: Command): void {
  addCommand<RunOptions>(program, {
    name: 'run <workflow>',
    about: 'start a run of a published version',
    options: [
      ['--input <json>', 'its input: JSON text, the path of a file, or - for standard input'],
      ['--version <number>', 'the version to run (the newest)'],
      ['--wait', 'wait until it is over; the exit code is 1 when it did not succeed'],
      ['--follow', 'the same, showing each step as it happens'],
    ],
    examples: [`run Refund --input '{"chargeId": "ch_1"}' --wait`, 'run refund --input order.json --follow'],
    run: (session, { args: [name = ''], options }) => startRun(session, name, options),
  });
  addCommand<RunsOptions>(program, {
    name: 'runs',
    about: 'list the runs, newest first',
    examples: ['runs --failed', 'runs --workflow Refund --status waiting paused'],
    options: [
      ['--status <status...>', STATUSES.map((one) => one.toLowerCase()).join(', ')],
      ['--failed', 'only those that failed or took too long'],
      ['--workflow <workflow>', 'only those of this workflow'],
      ['--mine', 'only those that you started'],
      ...LIST_OPTIONS,
    ],
    run: async (session, { options }) => listRuns(session, options),
  });
  addCommand(program, {
    name: 'show <run>',
    about: 'show a run: its steps, its output, its error',
    examples: ['show run_…'],
    run: async (session, { args: [id = ''] }) => {
      const { run } = await session.request(RUN, { id });
      if (!run) throw noRun(id);
      if (session.out.json) return session.out.value(run);
      printRun(session.out, run);
    },
  });
  addCommand<{ follow?: boolean }>(program, {
    name: 'logs <run>',
    about: 'what happened in a run, oldest first',
    examples: ['logs run_… --follow'],
    options: [['--follow', 'go on until the run is over']],
    run: async (session, { args: [id = ''], options }) => {
      const { out } = session;
      if (!options.follow) {
        const { run } = await session.request(RUN, { id });
        if (!run) throw noRun(id);
        for await (const event of readEvents(session, id)) printEvent(out, event);
        return;
      }
      const run = await followRun(session, id, { onEvent: (event) => printEvent(out, event) });
      if (run) out.note(`The run is over: ${run.status}.`);
      return run ? exitCodeOfRun(run) : 0;
    },
  });
}

function noRun(id: string): CliError {
  return new CliError('run_not_found', `There is no run ${id}.`, '"levqor runs" lists them.');
}

async function startRun(session: Session, name: string, options: RunOptions): Promise<number> {
  const { out } = session;
  const input: VariablesOf<typeof START>['input'] = {
    workflowId: (await findWorkflow(session, name)).id,
    input: options.input === undefined ? null : readJsonArgument(options.input, '--input'),
    version: options.version === undefined ? null : readNumber(options.version, '--version'),
    idempotencyKey: randomUUID(),
  };
  const { startRun: started } = await session.request(START, { input });
  const waits = options.wait || options.follow;
  if (!waits) {
    if (out.json) out.value(started);
    else out.line(`Started ${started.id} (${started.workflow.name}, version ${started.version}).`);
    return 0;
  }
  out.note(`Started ${started.id}.`);
  process.prependOnceListener('SIGINT', () =>
    out.note(`The run goes on without you; "levqor logs ${started.id} --follow" shows it.`),
  );
  const run = await followRun(session, started.id, {
    onStatus: ({ status }) => {
      if (status === 'WAITING') out.note(`It waits; "levqor show ${started.id}" says for what.`);
      if (status === 'PAUSED') out.note(`It is paused; "levqor resume ${started.id}" lets it go on.`);
    },
    ...(options.follow ? { onEvent: (event) => printEvent(out, event) } : {}),
  });
  if (!run) throw noRun(started.id);
  if (!out.json) printOutcome(out, run);
  else if (options.follow) out.jsonLine({ run });
  else out.value(run);
  return exitCodeOfRun(run);
}

async function listRuns(session: Session, options: RunsOptions): Promise<void> {
  const { status: words = [], failed, workflow, mine } = options;
  const asked = words.map((word) => readChoice(word, STATUSES, '--status'));
  const status = failed ? [...asked, 'FAILED' as const, 'TIMED_OUT' as const] : asked;
  const filter = {
    status: status.length > 0 ? status : null,
    workflowId: workflow === undefined ? null : (await findWorkflow(session, workflow)).id,
    startedByMe: mine ?? null,
  };
  return printList(session, options, {
    read: async (page) => (await session.request(RUNS, { ...page, filter })).runs,
    columns: [
      { title: 'RUN', value: ({ id }) => id },
      { title: 'STATUS', value: ({ status: one }) => one },
      { title: 'WORKFLOW', value: ({ workflow: { name }, version }) => `${name} v${version}` },
      { title: 'BY', value: ({ trigger }) => trigger },
      { title: 'ASKED FOR', value: ({ createdAt }) => session.out.time(createdAt) },
      { title: 'TOOK', value: ({ startedAt, finishedAt }) => between(startedAt, finishedAt) },
      { title: 'ERROR', value: ({ error }) => error && `${error.code}: ${error.message}` },
    ],
    empty: 'There are no such runs. "levqor run <workflow>" starts one.',
  });
}
