import type { Figure } from '../figure.ts';
import { openHookCaller, publishHook } from '../hooks.ts';
import { latencySeries, withFailures, type Loads } from '../load-series.ts';
import { openLoop } from '../load.ts';

const CONNECTIONS = 50;
const SIZES = { full: { rate: 20, warmUp: 5, seconds: 30 }, tiny: { rate: 5, warmUp: 1, seconds: 1 } };

/** A flow of so many pure steps, the last of which answers the call. */
const flowOf = (steps: number): object[] => [
  ...Array.from({ length: steps - 1 }, (_, i) => ({
    ...{ id: `s${i + 1}`, kind: 'transform' },
    with: { value: i === 0 ? '{{ input.start + 1 }}' : `{{ steps.s${i}.output + 1 }}` },
  })),
  { id: 'answer', kind: 'respond', with: { body: `{{ { "count": steps.s${steps - 1}.output } }}` } },
];

/** Webhook flows of pure steps at a steady pace. */
const rateOf = (steps: number): Figure => ({
  name: `rate-${steps}`,
  title: `${steps}-step pure webhook flow at 20 requests a second`,
  bars: [
    { of: 'failures', statistic: 'max', relation: '≤', limit: 0 },
    { of: 'engine: p50', statistic: 'median', relation: '≤', limit: 30 },
    { of: 'engine: p99', statistic: 'median', relation: '≤', limit: 100 },
  ],
  bound:
    'Round trips: the call and its row are committed, Temporal starts the run, the worker does its first task, and the answer is committed before it is given. The steps themselves cost little: 9 take hardly longer than 3.',
  picture: { kind: 'bars', labels: ['engine: p50', 'hand-written: p50', 'engine: p99', 'hand-written: p99'] },
  run: async (stage, { rounds, size }) => {
    const { rate, warmUp, seconds } = SIZES[size];
    const url = await publishHook(stage.platform.ask('owner'), `Pure flow of ${steps}`, flowOf(steps));
    const caller = openHookCaller(url, CONNECTIONS);
    const expected = { status: 200, text: `{"count":${steps - 1}}` };
    const engine = async (howLong: number) => {
      const load = await openLoop(rate, howLong, () => caller.call('{"start":0}', expected));
      await stage.settle();
      return load;
    };
    const baseline = (howLong: number) =>
      openLoop(rate, howLong, async () => {
        await (await stage.handWritten.start('countSteps', steps)).result();
      });
    await engine(warmUp);
    await baseline(warmUp);
    const loads: Loads[] = [];
    for (let i = 0; i < rounds; i++)
      loads.push({ engine: await engine(seconds), baseline: await baseline(seconds) });
    await caller.close();
    return withFailures(
      latencySeries(loads, 'hand-written', [0.5, 0.9, 0.99]),
      loads.flatMap(({ engine: ours, baseline: byHand }) => [ours, byHand]),
    );
  },
});

export const rate3 = rateOf(3);
export const rate9 = rateOf(9);
