import type { Json } from '../../graphql/graphql.ts';
import { guardedActions, planFacts, planVersion } from './plan-facts.ts';

/** What a request asks for, as far as two of them can be compared. */
export interface ComparedPlan {
  plan: Json;
  details: Json;
}

/** One difference between two plans; `before` or `after` is null where it was not there. */
export interface PlanChange {
  what: 'fact' | 'action' | 'version';
  /** Of a fact; empty for the others. */
  name: string;
  before: string | null;
  after: string | null;
}

/** Whether a step asks for one thing only: inside a loop each round asks for something else, and there is nothing to compare. */
export function isComparable(path: string): boolean {
  return !path.includes('[');
}

/** What is different about a plan since an earlier one: its version, its facts, and the actions behind it. */
export function planChanges(before: ComparedPlan, after: ComparedPlan): PlanChange[] {
  return [
    ...changesOf('version', versionOf(before), versionOf(after)),
    ...changesOf('fact', factsOf(before), factsOf(after)),
    ...changesOf('action', actionsOf(before), actionsOf(after)),
  ];
}

type Named = ReadonlyMap<string, string>;

function changesOf(what: PlanChange['what'], before: Named, after: Named): PlanChange[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names
    .map((name) => ({
      ...{ what, name: what === 'fact' ? name : '' },
      ...{ before: before.get(name) ?? null, after: after.get(name) ?? null },
    }))
    .filter((change) => change.before !== change.after);
}

function versionOf({ plan }: ComparedPlan): Named {
  const version = planVersion(plan);
  return new Map(version === null ? [] : [['', String(version)]]);
}

const factsOf = ({ details }: ComparedPlan): Named =>
  new Map(planFacts(details).map(({ name, text, value }) => [name, text ?? JSON.stringify(value)]));

/** Actions have no name: one that changed is another one. */
const actionsOf = ({ plan }: ComparedPlan): Named =>
  new Map(guardedActions(plan).map(({ kind, summary }) => [`${kind} ${summary}`, summary]));
