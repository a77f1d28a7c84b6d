/** A part of a duration, for the formatter of numbers with units. */
export interface DurationPart {
  value: number;
  unit: 'day' | 'hour' | 'minute' | 'second' | 'millisecond';
  digits: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The one or two largest parts of a time in milliseconds, as people say it. */
export function durationParts(ms: number): DurationPart[] {
  const time = Math.max(0, Math.round(ms));
  if (time < SECOND) return [{ value: time, unit: 'millisecond', digits: 0 }];
  if (time < MINUTE) return [{ value: time / SECOND, unit: 'second', digits: time < 10 * SECOND ? 1 : 0 }];
  if (time < HOUR) return pair(time, [MINUTE, 'minute'], [SECOND, 'second']);
  if (time < DAY) return pair(time, [HOUR, 'hour'], [MINUTE, 'minute']);
  return pair(time, [DAY, 'day'], [HOUR, 'hour']);
}

type Unit = [ms: number, unit: DurationPart['unit']];

function pair(time: number, [large, largeUnit]: Unit, [small, smallUnit]: Unit): DurationPart[] {
  const rest = Math.floor((time % large) / small);
  const first: DurationPart = { value: Math.floor(time / large), unit: largeUnit, digits: 0 };
  return rest === 0 ? [first] : [first, { value: rest, unit: smallUnit, digits: 0 }];
}
