import { graphql, readPages, type ResultOf } from '../client/index.ts';
import { CliError } from './cli-error.ts';
import { readChoice } from './read-argument.ts';
import type { Session } from './session.ts';

export const SCHEDULE_FIELDS = graphql(`
  fragment ScheduleFields on Schedule {
    id
    name
    source
    overlap
    catchUpSeconds
    input
    version
    workflow {
      id
      name
    }
    spec {
      crons
      timeZone
      startsAt
      endsAt
      jitterSeconds
      intervals {
        everySeconds
      }
      calendars {
        year
        month
        dayOfMonth
        dayOfWeek
        hour
        minute
        second
      }
    }
    paused {
      at
      reason
    }
    nextTimes
  }
`);

export const SCHEDULES = graphql(
  `
    query Schedules($first: Int!, $after: String, $filter: ScheduleFilter) {
      schedules(first: $first, after: $after, filter: $filter) {
        edges {
          node {
            ...ScheduleFields
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [SCHEDULE_FIELDS],
);

const SCHEDULE = graphql(
  `
    query Schedule($id: ID!) {
      schedule(id: $id) {
        ...ScheduleFields
      }
    }
  `,
  [SCHEDULE_FIELDS],
);

const OVERLAPS = ['skip', 'bufferOne', 'bufferAll', 'cancelOther', 'terminateOther', 'allowAll'] as const;
export const OVERLAP_OPTION: [flags: string, about: string] = [
  '--overlap <rule>',
  `when an earlier run is under way: ${OVERLAPS.join(', ')}`,
];

/** The rule of --overlap; null when it was not said. Throws UsageError. */
export function optionalOverlap(text: string | undefined) {
  return text === undefined ? null : readChoice(text, OVERLAPS, '--overlap');
}

/** A schedule as it is shown. */
export type ShownSchedule = ResultOf<typeof SCHEDULE_FIELDS>;

/** The schedule that a person means, by id or by a name that only one has. Throws CliError. */
export async function findSchedule({ request }: Session, text: string): Promise<ShownSchedule> {
  if (/^schedule_[0-9a-f]{32}$/.test(text)) {
    const { schedule } = await request(SCHEDULE, { id: text });
    if (schedule) return schedule;
  }
  const { items } = await readPages(
    async (page) => (await request(SCHEDULES, { ...page, filter: null })).schedules,
    Infinity,
  );
  const [found, another] = items.filter(({ name }) => name.toLowerCase() === text.toLowerCase());
  if (found === undefined)
    throw new CliError(
      'schedule_not_found',
      `There is no schedule "${text}".`,
      '"levqor schedules" lists them.',
    );
  if (another)
    throw new CliError(
      'schedule_ambiguous',
      `Several schedules are called "${text}".`,
      'Name it by its id, which "levqor schedules" shows.',
    );
  return found;
}

/** When a schedule is due, in a line. */
export function dueText({ spec }: ShownSchedule): string {
  const { crons, intervals, calendars, timeZone } = spec;
  const entries = calendars.map((entry) =>
    Object.entries(entry)
      .filter(([, value]) => value !== null)
      .map(([field, value]) => `${field} ${value ?? ''}`)
      .join(' '),
  );
  const every = intervals.map(({ everySeconds }) => `every ${everySeconds} s`);
  return `${[...crons, ...every, ...entries].join('; ')} (${timeZone})`;
}
