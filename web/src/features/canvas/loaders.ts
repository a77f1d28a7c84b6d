import 'server-only';
import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { ask } from '../../lib/api.ts';

const PICTURED_RUNS = graphql(`
  query PicturedRuns($first: Int!) {
    runs(first: $first) {
      edges {
        node {
          id
          status
          createdAt
          finishedAt
          workflow {
            name
          }
          steps {
            kind
            status
            startedAt
            finishedAt
          }
        }
      }
    }
  }
`);
/** How many runs the picture shows at most. */
const MOST_RUNS = 60;

export type PicturedRun = ResultOf<typeof PICTURED_RUNS>['runs']['edges'][number]['node'];

/** The newest runs with the times of their steps. */
export function loadPicturedRuns() {
  return ask(PICTURED_RUNS, { first: MOST_RUNS });
}
