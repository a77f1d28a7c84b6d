import 'server-only';
import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { askForPage } from '../../lib/api.ts';

const HEAD = graphql(`
  fragment RunHead on Run {
    id
    status
    version
    createdAt
    startedAt
    finishedAt
    workflow {
      id
      name
    }
    startedBy {
      kind
      name
    }
  }
`);
const COMPARISON = graphql(
  `
    query CompareRuns($left: ID!, $right: ID!) {
      left: run(id: $left) {
        ...RunHead
      }
      right: run(id: $right) {
        ...RunHead
      }
      compareRuns(left: $left, right: $right) {
        same
        truncated
        left {
          durationMs
        }
        right {
          durationMs
        }
        firstDivergence {
          path
          what
        }
        steps {
          path
          same
          differs
          slowerByMs
          left {
            status
            durationMs
            attempt
            reused
          }
          right {
            status
            durationMs
            attempt
            reused
          }
        }
        differences {
          kind
          path
          stepId
          before
          after
        }
      }
    }
  `,
  [HEAD],
);
const RUN_HEAD = graphql(
  `
    query HeadOfRun($id: ID!) {
      run(id: $id) {
        ...RunHead
      }
    }
  `,
  [HEAD],
);

type Answer = ResultOf<typeof COMPARISON>;
export type RunHead = NonNullable<ResultOf<typeof RUN_HEAD>['run']>;
export type Comparison = Answer['compareRuns'];
export type ComparedStep = Comparison['steps'][number];

/** Two runs side by side. Leads to "not found" for an unknown id. */
export function loadComparison(left: string, right: string) {
  return askForPage(COMPARISON, { left, right });
}

/** What a run is called and how it stands. */
export function loadHead(id: string) {
  return askForPage(RUN_HEAD, { id });
}
