import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { graphql } from '../../client/index.ts';
import { addCommand } from '../command.ts';
import { findWorkflow } from '../find-workflow.ts';
import { followRun } from '../follow-run.ts';
import { readChoice, readJsonArgument, readNumber } from '../read-argument.ts';
import { exitCodeOfRun, printRun, RUN } from '../run-view.ts';
import type { Session } from '../session.ts';

const START = graphql(`
  mutation StartTestRun($input: StartTestRunInput!) {
    startTestRun(input: $input) {
      id
    }
  }
`);

const EFFECTS = ['FAIL', 'RUN'] as const;

interface TestOptions {
  pins?: string;
  input?: string;
  vars?: string;
  version?: string;
  until?: string;
  only?: string;
  effects?: string;
}

/** Adds `test`. */
export function addTestCommand(program: Command): void {
  addCommand<TestOptions>(program, {
    name: 'test <workflow>',
    about: 'try the draft, with results of your own for its steps',
    options: [
      ['--pins <json>', 'results by step, JSON text or a file: { "charge": { "output": … } }'],
      ['--input <json>', 'its input: JSON text or a file'],
      ['--until <step>', 'end with the output of this step'],
      ['--only <step>', 'do nothing but this step'],
      ['--vars <json>', 'with --only: what the step sees besides, such as loop variables'],
      ['--version <number>', 'a published version instead of the draft'],
      ['--effects <rule>', 'effects without a result of yours: fail or run (fail)'],
    ],
    examples: [`test Refund --pins pins.json --input '{"chargeId": "ch_1"}'`],
    run: (session, { args: [name = ''], options }) => test(session, name, options),
  });
}

async function test(session: Session, name: string, options: TestOptions): Promise<number> {
  const { out, request } = session;
  const { startTestRun } = await request(START, {
    input: {
      workflowId: (await findWorkflow(session, name)).id,
      pins: optionalJson(options.pins, '--pins'),
      input: optionalJson(options.input, '--input'),
      vars: optionalJson(options.vars, '--vars'),
      version: options.version === undefined ? null : readNumber(options.version, '--version'),
      until: options.until ?? null,
      only: options.only ?? null,
      unpinnedEffects:
        options.effects === undefined ? null : readChoice(options.effects, EFFECTS, '--effects'),
      idempotencyKey: randomUUID(),
    },
  });
  const { id } = startTestRun;
  await followRun(session, id, {
    onStatus: ({ status }) => {
      if (status === 'WAITING') out.note(`It waits; "levqor show ${id}" says for what.`);
    },
  });
  const { run } = await request(RUN, { id });
  if (out.json) out.value(run);
  else if (run) printRun(out, run);
  return run ? exitCodeOfRun(run) : 0;
}

function optionalJson(text: string | undefined, what: string) {
  return text === undefined ? null : readJsonArgument(text, what);
}
