import { cronProblem } from '../../cron.ts';
import type { Json } from '../../json.ts';
import { isTimeZone } from '../../time-zone.ts';
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

function cronFindings(cron: unknown, at: Place): Finding[] {
  if (typeof cron !== 'string' || cron === '') return [];
  const message = cronProblem(cron);
  return message === null ? [] : [{ at, code: 'CRON_INVALID', message }];
}

function timeZoneFindings(timeZone: unknown, at: Place): Finding[] {
  if (typeof timeZone !== 'string' || isTimeZone(timeZone)) return [];
  return [
    { at, code: 'TIME_ZONE_UNKNOWN', message: 'Use the IANA name of a time zone, as in "Europe/London".' },
  ];
}
