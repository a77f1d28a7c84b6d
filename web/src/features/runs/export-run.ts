import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { ask, type Answer } from '../../lib/api.ts';
import { STEP_FACTS } from './loaders.ts';
import { settledEvents } from './settled-events.ts';
import { isStored } from './stored-value.ts';

const RUN = graphql(
  `
    query RunToTakeAlong($id: ID!) {
      run(id: $id) {
        id
        workflow {
          id
          name
        }
        version
        hash
        status
        trigger
        launchStage
        createdAt
        startedAt
        finishedAt
        cancelRequestedAt
        startedBy {
          kind
          name
          email
        }
        rerunOf
        rerunFrom
        parentRunId
        failureFingerprint
        input
        output
        response {
          status
          headers
          body
        }
        error {
          code
          message
          path
          stepId
          details
        }
        definition
        steps {
          ...StepFacts
          input
          output
          error {
            code
            message
            details
          }
        }
      }
    }
  `,
  [STEP_FACTS],
);
const VALUES = graphql(`
  query ValuesToTakeAlong($id: ID!, $path: String!) {
    run(id: $id) {
      step(path: $path) {
        input
        output
      }
    }
  }
`);
const EVENTS = graphql(`
  query EventsToTakeAlong($id: ID!, $first: Int!, $after: Int) {
    run(id: $id) {
      events(first: $first, after: $after) {
        sequence
        at
        kind
        path
        stepId
        stepKind
        attempt
        data
      }
    }
  }
`);

const EVENTS_A_PAGE = 1_000;
const PATIENCE = 20;
type Run = NonNullable<ResultOf<typeof RUN>['run']>;

/** Reads a run with its steps and what it runs. A refusal is an answer; null for a run that is not there. */
export async function readRunToExport(id: string): Promise<Answer<Run | null>> {
  const { data, problem } = await ask(RUN, { id });
  return problem === null ? { data: data.run, problem } : { data: null, problem };
}

/**
 * A run as the pieces of a JSON file: all of it, then its steps one by one, then its events page by page. Throws when
 * the API refuses, so that a download that is not whole fails and does not look like one.
 */
export async function* exportRun({ steps, ...run }: Run): AsyncGenerator<string> {
  yield `${JSON.stringify(run).slice(0, -1)},\n"steps":[`;
  for (const [i, step] of steps.entries())
    yield `${i === 0 ? '\n' : ',\n'}${JSON.stringify(await whole(run.id, step))}`;
  yield '\n],\n"events":[';
  let isFirst = true;
  for (let after: number | null = null; ;) {
    const page: Events = await readEvents(run.id, after);
    const { events, next } = settledEvents(page, EVENTS_A_PAGE);
    if (events.length > 0) {
      yield (isFirst ? '\n' : ',\n') + events.map((event) => JSON.stringify(event)).join(',\n');
      isFirst = false;
    }
    if (next === null) break;
    after = next;
  }
  yield '\n]}\n';
}

type Events = NonNullable<ResultOf<typeof EVENTS>['run']>['events'];

async function readEvents(id: string, after: number | null): Promise<Events> {
  const { run } = await patiently(() => ask(EVENTS, { id, first: EVENTS_A_PAGE, after }));
  return run?.events ?? [];
}

/** One answer of the API holds some large values only; those of the steps behind them are read one by one. */
async function whole(id: string, step: Run['steps'][number]): Promise<Run['steps'][number]> {
  if (!isStored(step.input) && !isStored(step.output)) return step;
  const { run } = await patiently(() => ask(VALUES, { id, path: step.path }));
  return { ...step, ...run?.step };
}

async function patiently<Data>(read: () => Promise<Answer<Data>>): Promise<Data> {
  for (let tries = 0; ; tries += 1) {
    const { data, problem } = await read();
    if (problem === null) return data;
    if (problem.code !== 'LIMIT_EXCEEDED' || tries === PATIENCE)
      throw new Error(`The run could not be read: ${problem.reason}`);
    await sleep(1_000);
  }
}
