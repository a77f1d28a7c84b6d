/** A time as clocks show it, without a zone: "2026-03-01T09:30", as the browser's own field for dates gives it. */
const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;
const MINUTE = 60_000;

/**
 * The moment, in ISO 8601, at which clocks of a time zone show a local time; null for what is no such time. What comes
 * twice, when clocks go back, is the first; what never comes, when they go forward, is as much later.
 */
export function momentIn(zone: string, local: string): string | null {
  const asUtc = LOCAL.test(local) ? Date.parse(`${local}Z`) : Number.NaN;
  if (Number.isNaN(asUtc)) return null;
  const before = asUtc - offsetAt(zone, asUtc - 24 * 60 * MINUTE);
  const after = asUtc - offsetAt(zone, asUtc + 24 * 60 * MINUTE);
  const found = [before, after].filter((moment) => moment + offsetAt(zone, moment) === asUtc);
  return new Date(found.length > 0 ? Math.min(...found) : before).toISOString();
}

/** What clocks of a time zone show at a moment, as the browser's own field for dates takes it. */
export function localIn(zone: string, moment: string): string {
  const at = Date.parse(moment);
  return new Date(at + offsetAt(zone, at)).toISOString().slice(0, 16);
}

/** By how many milliseconds clocks of a zone are ahead of UTC at a moment. */
function offsetAt(zone: string, moment: number): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(moment).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes = '0'] = /GMT([+-])(\d{2}):?(\d{2})?/.exec(name) ?? [];
  if (hours === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE;
}
