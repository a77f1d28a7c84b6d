import 'server-only';
import { cache } from 'react';
import { graphql, type ResultOf, type VariablesOf } from '../../graphql/graphql.ts';
import { ask, askForPage, type Answer } from '../../lib/api.ts';
import { PROGRESS_FACTS } from '../approvals/approval-progress.ts';

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
          rerunOf
          workflow {
            id
            name
          }
          startedBy {
            kind
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
    workflows(first: 100) {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`);
/** What a step is and how it stands. */
export const STEP_FACTS = graphql(`
  fragment StepFacts on RunStep {
    path
    stepId
    kind
    status
    attempt
    startedAt
    finishedAt
    waitingFor
    until
    reusedFrom
  }
`);
const RUN = graphql(
  `
    query Run($id: ID!) {
      run(id: $id) {
        id
        status
        version
        trigger
        createdAt
        startedAt
        finishedAt
        cancelRequestedAt
        input
        output
        rerunOf
        rerunFrom
        parentRunId
        failureFingerprint
        temporalUrl
        workflow {
          id
          name
        }
        startedBy {
          kind
          name
          email
        }
        error {
          code
          message
          path
        }
        stepCount
        steps {
          ...StepFacts
        }
      }
      approvals(first: 50, filter: { runId: $id, status: PENDING }) {
        edges {
          node {
            id
            title
            path
            canDecide
            ...ProgressFacts
          }
        }
        pageInfo {
          hasNextPage
        }
      }
      asked: approvals(first: 100, filter: { runId: $id }) {
        edges {
          node {
            path
            requestedAt
            closedAt
          }
        }
      }
    }
  `,
  [PROGRESS_FACTS, STEP_FACTS],
);
const DEFINITION = graphql(`
  query DefinitionOfRun($id: ID!) {
    run(id: $id) {
      definition
    }
  }
`);
const STEP = graphql(
  `
    query StepOfRun($id: ID!, $path: String!) {
      run(id: $id) {
        step(path: $path) {
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
const EVENTS = graphql(`
  query EventsOfRun($id: ID!, $first: Int!, $after: Int) {
    run(id: $id) {
      events(first: $first, after: $after) {
        sequence
        at
        path
        kind
        attempt
        stepKind
      }
    }
  }
`);

/** How many runs a page of the list shows, and how many lines one of the event log. */
const RUNS_A_PAGE = 25;
export const EVENTS_A_PAGE = 200;
export type RunFilter = NonNullable<VariablesOf<typeof RUNS>['filter']>;
export type ListedRun = ResultOf<typeof RUNS>['runs']['edges'][number]['node'];
type RunAnswer = ResultOf<typeof RUN>;
export type ShownRun = NonNullable<RunAnswer['run']>;
export type ShownStep = ShownRun['steps'][number];
export type WaitingApproval = RunAnswer['approvals']['edges'][number]['node'];
export type AskedPeople = RunAnswer['asked']['edges'][number]['node'][];
export type StepWithValues = NonNullable<NonNullable<ResultOf<typeof STEP>['run']>['step']>;

/** Whether a run came to more steps than the API gives at once: then those at hand tell of the rest only in part. */
export function hasMoreSteps({ stepCount, steps }: ShownRun): boolean {
  return stepCount > steps.length;
}

/** A page of the runs, newest first, with the workflows to choose from. */
export function loadRuns({ after, filter }: { after: string | undefined; filter: RunFilter }) {
  return ask(RUNS, { first: RUNS_A_PAGE, after: after ?? null, filter });
}

/** A run with its steps and what waits for people. Leads to "not found" for an unknown id. */
export function loadRun(id: string) {
  return askForPage(RUN, { id });
}

/** What a run runs: the definition of its version. */
export function loadDefinition(id: string) {
  return ask(DEFINITION, { id });
}

/** One step, with what went into it and came out; null when the run has not come to it. Read once for each page. */
export const loadStep = cache(async (id: string, path: string): Promise<Answer<StepWithValues | null>> => {
  const { data, problem } = await ask(STEP, { id, path });
  return problem === null ? { data: data.run?.step ?? null, problem } : { data: null, problem };
});

/** The event log from a number on. */
export function loadEvents(id: string, after: number) {
  return ask(EVENTS, { id, first: EVENTS_A_PAGE, after });
}
