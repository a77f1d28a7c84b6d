import type { Bar, Series, Verdict } from './model.ts';
import { summarise } from './statistics.ts';

/** Holds a bar against what was measured. Throws when there is no such series. */
export function judge(bar: Bar, series: readonly Series[]): Verdict {
  const found = series.find(({ label }) => label === bar.of);
  if (!found) throw new Error(`A bar looks at "${bar.of}", which was not measured`);
  const measured = summarise(found.rounds)[bar.statistic];
  const holds = bar.relation === '≤' ? measured <= bar.limit : measured >= bar.limit;
  return { ...bar, measured, unit: found.unit, holds };
}
