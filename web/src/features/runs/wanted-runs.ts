import { oneIn, textIn, withQuery, type SearchParams } from '../../lib/search-params.ts';
import { RUN_STATUSES, type RunStatus } from './run-states.ts';

/** Periods that end now, by the name that stands in the address, in hours. */
export const PERIODS = { hour: 1, day: 24, week: 168 } as const;
export type Period = keyof typeof PERIODS;

/** What the address of the list asks for. */
export interface WantedRuns {
  status: RunStatus | undefined;
  workflow: string | undefined;
  since: Period | undefined;
  mine: 'yes' | undefined;
  /** The fingerprint of the failure that they share. */
  failure: string | undefined;
}

/** What the query of an address asks for; what the list does not know is left out. */
export function wantedRuns(params: SearchParams): WantedRuns {
  return {
    status: oneIn(params, 'status', RUN_STATUSES),
    workflow: textIn(params, 'workflow'),
    since: oneIn(params, 'since', Object.keys(PERIODS) as Period[]),
    mine: oneIn(params, 'mine', ['yes']),
    failure: textIn(params, 'failure'),
  };
}

/** Where the list shows this, from a cursor on. */
export function runsAddress(wanted: Partial<WantedRuns>, after?: string): string {
  const { status, workflow, since, mine, failure } = wanted;
  return withQuery('/runs', { status, workflow, since, mine, failure, after });
}

/** The same as a filter of the API, at a time in milliseconds since 1970. */
export function runFilter({ status, workflow, since, mine, failure }: WantedRuns, now: number) {
  return {
    ...(status ? { status: [status] } : {}),
    ...(workflow ? { workflowId: workflow } : {}),
    ...(since ? { startedAfter: new Date(now - PERIODS[since] * 3_600_000).toISOString() } : {}),
    ...(mine ? { startedByMe: true } : {}),
    ...(failure ? { failureFingerprint: failure } : {}),
  };
}
