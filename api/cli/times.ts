const two = (value: number) => String(value).padStart(2, '0');

/** A point in time for people: in the zone of this machine, or in UTC with a Z. Empty for none. */
export function timeText(iso: string | null | undefined, utc: boolean): string {
  if (iso === null || iso === undefined) return '';
  const at = new Date(iso);
  if (utc)
    return at
      .toISOString()
      .replace('T', ' ')
      .replace(/\.\d+Z$/, 'Z');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')}`;
}

const UNITS: [seconds: number, name: string][] = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
];

/** A length of time for people, such as `1 h 5 min` or `0.2 s`, with the two largest units. Empty for none. */
export function durationText(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return '';
  const index = UNITS.findIndex(([length]) => seconds >= length);
  const [length, name] = UNITS[index] ?? [1, 's'];
  if (length === 1) return `${seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds)} s`;
  const [smaller, smallerName] = UNITS[index + 1] ?? [1, 's'];
  const rest = Math.floor((seconds % length) / smaller);
  return `${Math.floor(seconds / length)} ${name}${rest > 0 ? ` ${rest} ${smallerName}` : ''}`;
}

/** The time between two points, for people; empty while one is missing. */
export function between(from: string | null | undefined, to: string | null | undefined): string {
  if (!from || !to) return '';
  return durationText(Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000));
}
