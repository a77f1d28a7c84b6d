import { APPROVAL_CLASSES } from '../../../../workflows/approvals/model.ts';
import type { Json } from '../../graphql/graphql.ts';

/** A line about what is asked for. */
export interface PlanFact {
  name: string;
  /** Text to read as it is; null for a value that only JSON can show. */
  text: string | null;
  value: Json;
}

/** What an approval lets happen, in a line each. */
export interface GuardedAction {
  kind: string;
  summary: string;
  /** Its own class; null where the plan does not say. */
  grade: 'A' | 'B' | 'C' | null;
}

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The details that a workflow gives, as lines of name and value. A single value is one line without a name. */
export function planFacts(details: Json): PlanFact[] {
  if (details === null) return [];
  if (!isObject(details)) return [{ name: '', ...shown(details) }];
  return Object.entries(details).map(([name, value]) => ({ name: inWords(name), ...shown(value) }));
}

function shown(value: Json): Pick<PlanFact, 'text' | 'value'> {
  if (value === null) return { text: '–', value };
  if (typeof value === 'object') return { text: null, value };
  return { text: String(value), value };
}

/** `daysLate` is "Days late". */
function inWords(name: string): string {
  const words = name
    .replace(/[_-]+/g, ' ')
    .replace(/(\p{Ll})(\p{Lu})/gu, (_, end: string, begin: string) => `${end} ${begin.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The actions that wait behind a request, as its plan names them. */
export function guardedActions(plan: Json): GuardedAction[] {
  const guards = isObject(plan) ? plan['guards'] : undefined;
  if (!Array.isArray(guards)) return [];
  return guards.flatMap((guard) => {
    if (!isObject(guard) || typeof guard['summary'] !== 'string') return [];
    const kind = typeof guard['kind'] === 'string' ? guard['kind'] : '';
    const grade = APPROVAL_CLASSES.find((one) => one === guard['class']) ?? null;
    return [{ kind, summary: guard['summary'], grade }];
  });
}

/** Which version of a workflow a plan is of; null where it does not say. */
export function planVersion(plan: Json): number | null {
  const workflow = isObject(plan) ? plan['workflow'] : undefined;
  const version = isObject(workflow) ? workflow['version'] : undefined;
  return typeof version === 'number' ? version : null;
}
