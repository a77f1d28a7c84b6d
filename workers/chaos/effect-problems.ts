import { isDeepStrictEqual } from 'node:util';
import type { Facts, Pair } from './facts.ts';
import { expectedOf } from './flows.ts';

/** How many effects were looked at, and what is wrong with them. */
export function effectProblems(facts: Facts, pairs: readonly Pair[]): [number, string[]] {
  const childOf = new Map(facts.runs.map(({ id, parentRunId }) => [parentRunId, id]));
  const wanted = new Map<string, { body: unknown; mayBeMissing: boolean }>();
  for (const { known, shown } of pairs) {
    const { effects, effectsMayBeMissing: mayBeMissing } = expectedOf(known.scenario);
    for (const { of, path, body } of effects) {
      const owner = of === 'run' ? shown.id : (childOf.get(shown.id) ?? `child of ${shown.id}`);
      wanted.set(`${owner}/${path}`, { body, mayBeMissing });
    }
  }
  const missing = [...wanted].flatMap(([key, { mayBeMissing }]) =>
    mayBeMissing || facts.effects.has(key) ? [] : [`${key} did not arrive`],
  );
  const wrong = [...facts.effects.values()].flatMap(({ key, body, others }) => {
    const effect = wanted.get(key);
    if (!effect) return [`${key} was expected from nobody`];
    if (others.length > 0) return [`${key} came with other content too: ${others.join(', ')}`];
    return isDeepStrictEqual(JSON.parse(body), effect.body)
      ? []
      : [`${key} has the body ${body}, expected ${JSON.stringify(effect.body)}`];
  });
  const keyless = facts.effectsWithoutKey.map((path) => `${path} came without a key`);
  const letters = letterProblems(facts, pairs);
  const rows = rowProblems(facts, pairs);
  const checked = facts.effects.size + facts.letters.size + facts.rows.length;
  return [checked, [...missing, ...wrong, ...keyless, ...letters, ...rows]];
}

function letterProblems({ letters }: Facts, pairs: readonly Pair[]): string[] {
  const wanted = new Map(
    pairs.map(({ known }) => [known.scenario.number, expectedOf(known.scenario).letters]),
  );
  const numbers = new Set([...letters.keys(), ...wanted.keys()]);
  return [...numbers].flatMap((number) => {
    const count = letters.get(number)?.size ?? 0;
    const expected = wanted.get(number) ?? 0;
    return count === expected ? [] : [`run ${number} sent ${count} different letters, expected ${expected}`];
  });
}

function rowProblems({ rows }: Facts, pairs: readonly Pair[]): string[] {
  const byRun = new Map(rows.map(({ run, n }) => [run, n]));
  const owners = new Set<string>();
  const problems = pairs.flatMap(({ known, shown }) => {
    const { number } = known.scenario;
    if (expectedOf(known.scenario).rows === 0) return [];
    owners.add(shown.id);
    return byRun.get(shown.id) === number
      ? []
      : [`${shown.id} (row ${number}) wrote ${byRun.get(shown.id) ?? 'none'}`];
  });
  const foreign = [...byRun.keys()].filter((run) => !owners.has(run));
  return [...problems, ...foreign.map((run) => `${run} wrote a row and should not`)];
}
