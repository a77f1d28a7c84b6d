import 'server-only';
import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { ask } from '../../lib/api.ts';

const SCHEDULES = graphql(`
  query Schedules($first: Int!, $after: String) {
    schedules(first: $first, after: $after) {
      edges {
        node {
          id
          name
          source
          overlap
          nextTimes
          paused {
            at
            reason
          }
          workflow {
            id
            name
          }
          spec {
            crons
            intervals {
              everySeconds
            }
            calendars {
              hour
            }
            timeZone
          }
          recentRuns(first: 1) {
            id
            status
            createdAt
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
          version
        }
      }
    }
  }
`);

export type ShownSchedule = ResultOf<typeof SCHEDULES>['schedules']['edges'][number]['node'];

/** A page of the schedules, with the workflows that could have one. */
export function loadSchedules(after: string | undefined) {
  return ask(SCHEDULES, { first: 25, after: after ?? null });
}
