import { oneIn, textIn, type SearchParams } from '../../lib/search-params.ts';
import { momentIn } from '../../lib/zoned-time.ts';

/** Periods that end now, by the name that stands in the address, in hours. */
export const PERIODS = { hour: 1, day: 24, week: 168, month: 720 } as const;
export type Period = keyof typeof PERIODS;

/** What an address asks for. `from` and `until` are local times of the person who asks. */
export interface WantedEvents {
  actor: string | undefined;
  action: string | undefined;
  target: string | undefined;
  since: Period | undefined;
  from: string | undefined;
  until: string | undefined;
}

/** What the query of an address asks for. */
export function wantedEvents(params: SearchParams): WantedEvents {
  return {
    actor: textIn(params, 'actor'),
    action: textIn(params, 'action')?.trim(),
    target: textIn(params, 'target')?.trim(),
    since: oneIn(params, 'since', Object.keys(PERIODS) as Period[]),
    from: textIn(params, 'from'),
    until: textIn(params, 'until'),
  };
}

/** The same as a filter of the API, for clocks of a time zone at a time in milliseconds since 1970. */
export function filterOf(wanted: WantedEvents, { zone, now }: { zone: string; now: number }) {
  const { actor, action, target, since, from = '', until = '' } = wanted;
  const begin = since ? new Date(now - PERIODS[since] * 3_600_000).toISOString() : momentIn(zone, from);
  const end = since ? null : momentIn(zone, until);
  return {
    ...(actor ? { actor } : {}),
    ...(action ? { action } : {}),
    ...(target ? { target } : {}),
    ...(begin === null ? {} : { from: begin }),
    ...(end === null ? {} : { until: end }),
  };
}
