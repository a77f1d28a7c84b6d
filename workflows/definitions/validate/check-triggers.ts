import { cronProblem } from '../../cron.ts';
import type { Json } from '../../json.ts';
import { isTimeZone } from '../../time-zone.ts';
import { templateFindings, type Scope } from './expression-findings.ts';
import { valueAt, type Finding, type Place } from './finding.ts';
import type { IssueSink } from './issue-sink.ts';

const WEBHOOK_NAMES = ['method', 'query', 'headers', 'body'];
const LIMIT_NAMES = ['input'];

/** A workflow has one address for calls, and can be started by hand or not: a second trigger would mean nothing. */
const AT_MOST_ONE = ['manual', 'webhook'];

/** Checks the schedules of a definition, what its webhooks make of a call, and the key that limits its runs. */
export function checkTriggers(definition: unknown, sink: IssueSink): void {
  const triggers = valueAt(definition, ['triggers']);
  if (Array.isArray(triggers)) {
    triggers.forEach((trigger: unknown, i) => sink.addAll(triggerFindings(trigger, ['triggers', i])));
    sink.addAll(duplicateFindings(triggers));
  }
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

function duplicateFindings(triggers: unknown[]): Finding[] {
  const kinds = triggers.map((trigger) => valueAt(trigger, ['kind']));
  return kinds.flatMap((kind, i): Finding[] => {
    const first = kinds.indexOf(kind);
    if (first === i || typeof kind !== 'string' || !AT_MOST_ONE.includes(kind)) return [];
    const message = `A workflow has at most one ${kind} trigger, and /triggers/${first} is one already. Remove one of them.`;
    return [{ at: ['triggers', i], code: 'TRIGGER_DUPLICATE', message }];
  });
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
