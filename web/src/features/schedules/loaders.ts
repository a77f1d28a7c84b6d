import 'server-only';
import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { ask, askForPage } from '../../lib/api.ts';

const SCHEDULES = graphql(`
  query Schedules($first: Int!, $after: String) {
    schedules(first: $first, after: $after) {
      edges {
        node {
          id
          name
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
const SCHEDULE = graphql(`
  query Schedule($id: ID!) {
    schedule(id: $id) {
      id
      name
      source
      overlap
      nextTimes
      input
      version
      catchUpSeconds
      createdAt
      updatedAt
      createdBy {
        name
      }
      paused {
        at
        reason
        by {
          name
        }
      }
      workflow {
        id
        name
      }
      spec {
        crons
        timeZone
        jitterSeconds
        startsAt
        endsAt
        intervals {
          everySeconds
          offsetSeconds
        }
        calendars {
          second
          minute
          hour
          dayOfMonth
          month
          dayOfWeek
          year
        }
      }
      recentRuns(first: 10) {
        id
        status
        version
        scheduledFor
        createdAt
        startedAt
        finishedAt
      }
      recentRefusals(first: 5) {
        at
        reason
        message
      }
    }
  }
`);

const SCHEDULES_A_PAGE = 25;

export type ListedSchedule = ResultOf<typeof SCHEDULES>['schedules']['edges'][number]['node'];
export type ShownSchedule = NonNullable<ResultOf<typeof SCHEDULE>['schedule']>;
export type ScheduleSpec = ShownSchedule['spec'];

/** A page of the schedules, with the workflows that could have one. */
export function loadSchedules(after: string | undefined) {
  return ask(SCHEDULES, { first: SCHEDULES_A_PAGE, after: after ?? null });
}

/** One schedule. Leads to "not found" for an unknown id. */
export function loadSchedule(id: string) {
  return askForPage(SCHEDULE, { id });
}
