import { series, type Figure } from '../figure.ts';
import { publish } from '../../testing/flows.ts';
import { median } from '../statistics.ts';
import { openRunTimer, timeHandWritten, type RunTimer } from '../timed-run.ts';
import { TIMES_NOTE } from '../times-series.ts';

const SIZES = {
  full: { counts: [10, 100, 1_000] as const, warmUp: 3, each: 3 },
  tiny: { counts: [2, 4, 8] as const, warmUp: 0, each: 1 },
};

/** A chain in which each step adds one to the result of the step before. */
const chain = (count: number): object[] =>
  Array.from({ length: count }, (_, i) => ({
    ...{ id: `s${i + 1}`, kind: 'transform' },
    with: { value: i === 0 ? '{{ 1 }}' : `{{ steps.s${i}.output + 1 }}` },
  }));

/** No step takes less, in milliseconds. */
const LEAST_MS = 0.001;

/** Does the time per step grow with the number of steps? */
export const scale: Figure = {
  name: 'scale',
  title: '10, 100 and 1,000 serial pure steps: time per step',
  bars: [
    { of: 'each further step, 100 → 1,000 ÷ 10 → 100', statistic: 'median', relation: '≤', limit: 1.5 },
    { of: 'per step, 1,000 ÷ 100', statistic: 'median', relation: '≤', limit: 1.5 },
    { of: 'per step, 100 ÷ 10', statistic: 'median', relation: '≤', limit: 1.5 },
  ],
  bound:
    'A run has a fixed cost (start, first task, end), which few steps share: per step, 10 are dearer than 1,000. What each further step adds is the evaluation of its expressions and its rows, and that must not grow with the steps that went before.',
  picture: { kind: 'bars', labels: ['per step of 10', 'per step of 100', 'per step of 1,000'] },
  run: async (stage, { rounds, size }) => {
    const { counts, warmUp, each } = SIZES[size];
    const [small, middle, large] = counts;
    const ids = new Map<number, string>();
    for (const count of counts) {
      const flow = { steps: chain(count), output: `{{ steps.s${count}.output }}` };
      ids.set(count, await publish(stage.platform.ask('owner'), `Chain of ${count}`, flow));
    }
    const timer = openRunTimer(stage);
    const engine = new Map<number, number[]>(counts.map((count) => [count, []]));
    const byHand = new Map<number, number[]>(counts.map((count) => [count, []]));
    const timeByHand = (count: number) =>
      timeHandWritten(() => stage.handWritten.start('countSteps', count), count);
    for (const count of counts)
      for (let i = 0; i < warmUp; i++) await timer.time(ids.get(count) ?? '', count);
    for (let round = 0; round < rounds; round++)
      for (const count of counts) {
        engine.get(count)?.push(await middleOf(timer, { id: ids.get(count) ?? '', count, each }));
        byHand.get(count)?.push((await timeByHand(count)).taken);
      }
    await timer.close();
    const per = (count: number) => (engine.get(count) ?? []).map((ms) => ms / count);
    const further = (from: number, to: number) =>
      (engine.get(to) ?? []).map((ms, i) => (ms - (engine.get(from)?.[i] ?? NaN)) / (to - from));
    // Rows tell whole milliseconds: with little work the difference of two may be none.
    const ratio = (over: number[], under: number[]) =>
      over.map((value, i) => value / Math.max(under[i] ?? NaN, LEAST_MS));
    return {
      series: [
        ...['10', '100', '1,000'].map((label, i) =>
          series(`${label} steps: engine`, 'ms', engine.get(counts[i] ?? 0) ?? []),
        ),
        ...['10', '100', '1,000'].map((label, i) =>
          series(`${label} steps: hand-written`, 'ms', byHand.get(counts[i] ?? 0) ?? []),
        ),
        series('per step of 10', 'ms', per(small)),
        series('per step of 100', 'ms', per(middle)),
        series('per step of 1,000', 'ms', per(large)),
        series('per step, 10 ÷ 1,000', '×', ratio(per(small), per(large))),
        series('per step, 100 ÷ 10', '×', ratio(per(middle), per(small))),
        series('per step, 1,000 ÷ 100', '×', ratio(per(large), per(middle))),
        series(
          'each further step, 100 → 1,000 ÷ 10 → 100',
          '×',
          ratio(further(middle, large), further(small, middle)),
        ),
      ],
      failures: 0,
      notes: [TIMES_NOTE],
    };
  },
};

async function middleOf(
  timer: RunTimer,
  { id, count, each }: { id: string; count: number; each: number },
): Promise<number> {
  const taken: number[] = [];
  for (let i = 0; i < each; i++) taken.push((await timer.time(id, count)).taken);
  return median(taken);
}
