import type { Json } from '../../json.ts';
import { templateFindings, type Scope } from './expression-findings.ts';
import { valueAt, type Finding, type Place } from './finding.ts';
import type { IssueSink } from './issue-sink.ts';

const WEBHOOK_NAMES = ['method', 'query', 'headers', 'body'];
const LIMIT_NAMES = ['input'];

/** Checks the schedules of a definition, what its webhooks make of a call, and the key that limits its runs. */
export function checkTriggers(definition: unknown, sink: IssueSink): void {
  const triggers = valueAt(definition, ['triggers']);
  if (Array.isArray(triggers))
    triggers.forEach((trigger: unknown, i) => sink.addAll(triggerFindings(trigger, ['triggers', i])));
  const keyPlace = ['limits', 'concurrency', 'key'];
  sink.addAll(templateFindings(jsonAt(definition, keyPlace), keyPlace, scopeOf(LIMIT_NAMES)));
}

function triggerFindings(trigger: unknown, at: Place): Finding[] {
  switch (valueAt(trigger, ['kind'])) {
    case 'webhook':
      return templateFindings(jsonAt(trigger, ['input']), [...at, 'input'], scopeOf(WEBHOOK_NAMES));
    case 'schedule':
      return [
        ...cronFindings(valueAt(trigger, ['cron']), [...at, 'cron']),
        ...timeZoneFindings(valueAt(trigger, ['timeZone']), [...at, 'timeZone']),
      ];
    default:
      return [];
  }
}

/** The definition was read as JSON, and the walk that measured it found nothing else in it. */
function jsonAt(root: unknown, place: Place): Json | undefined {
  return valueAt(root, place) as Json | undefined;
}

function scopeOf(names: string[]): Scope {
  return {
    names: new Set(names),
    steps: new Set(),
    explain: (id) => ({
      code: 'STEP_NOT_VISIBLE',
      message: `No step has run yet here, so "${id}" has no result.`,
    }),
  };
}

interface CronField {
  name: string;
  least: number;
  most: number;
  /** Names that stand for numbers, beginning with the one for `least`. */
  names?: string[];
}
const CRON_FIELDS: CronField[] = [
  { name: 'minute', least: 0, most: 59 },
  { name: 'hour', least: 0, most: 23 },
  { name: 'day of the month', least: 1, most: 31 },
  { name: 'month', least: 1, most: 12, names: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ') },
  { name: 'day of the week', least: 0, most: 7, names: 'sun mon tue wed thu fri sat'.split(' ') },
];

function cronFindings(cron: unknown, at: Place): Finding[] {
  if (typeof cron !== 'string' || cron === '') return [];
  const parts = cron.trim().split(/\s+/);
  const wrong = CRON_FIELDS.find((field, i) => !fitsField(parts[i] ?? '', field));
  if (parts.length === CRON_FIELDS.length && !wrong) return [];
  const reason = wrong && parts.length === CRON_FIELDS.length ? ` The ${wrong.name} is not right.` : '';
  const message = `Write five fields: minute, hour, day of month, month, day of week, as in "0 6 * * 1-5".${reason}`;
  return [{ at, code: 'CRON_INVALID', message }];
}

function fitsField(text: string, field: CronField): boolean {
  return text.split(',').every((part) => {
    const [range = '', step, ...rest] = part.split('/');
    if (rest.length > 0 || (step !== undefined && !/^[1-9]\d{0,2}$/.test(step))) return false;
    if (range === '*') return true;
    const [from, to, ...more] = range.split('-').map((end) => cronNumber(end, field));
    if (from === undefined || more.length > 0 || Number.isNaN(from)) return false;
    return to === undefined || (!Number.isNaN(to) && from <= to);
  });
}

/** The number that a cron text stands for, or NaN when it is none of the field. */
function cronNumber(text: string, { least, most, names = [] }: CronField): number {
  const named = names.indexOf(text.toLowerCase());
  const value = named >= 0 ? named + least : /^\d{1,2}$/.test(text) ? Number(text) : NaN;
  return value >= least && value <= most ? value : NaN;
}

function timeZoneFindings(timeZone: unknown, at: Place): Finding[] {
  if (typeof timeZone !== 'string' || isTimeZone(timeZone)) return [];
  return [
    { at, code: 'TIME_ZONE_UNKNOWN', message: 'Use the IANA name of a time zone, as in "Europe/London".' },
  ];
}

function isTimeZone(name: string): boolean {
  // The runtime also takes offsets such as +01:00, which schedules do not.
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
