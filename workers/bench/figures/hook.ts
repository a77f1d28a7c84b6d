import { series, type Figure } from '../figure.ts';
import { openHookCaller, publishHook } from '../hooks.ts';
import { latencySeries, paceSeries, withFailures, type Loads } from '../load-series.ts';
import { closedLoop } from '../load.ts';
import { percentile } from '../statistics.ts';

const CONNECTIONS = 25;
const SIZES = { full: { warmUp: 200, round: 1_000, long: 5_000 }, tiny: { warmUp: 2, round: 10, long: 20 } };

/** Webhook → transform → respond. */
export const hook: Figure = {
  name: 'hook',
  title: 'Webhook → transform → respond, 25 connections',
  bars: [
    { of: 'failures', statistic: 'max', relation: '≤', limit: 0 },
    { of: 'engine ÷ bare Temporal', statistic: 'median', relation: '≥', limit: 0.7 },
    { of: 'engine', statistic: 'min', relation: '≥', limit: 92 },
    { of: 'engine, 5,000 requests', statistic: 'min', relation: '≥', limit: 92 },
    { of: 'engine, 5,000 requests: p99', statistic: 'max', relation: '≤', limit: 400 },
  ],
  bound:
    'The processor, which all parts share. Measured at 34 requests a second on two cores, a request takes 21 ms of it in Temporal (17 for the bare workflow), 18 in the worker (6), 10 in the API and 6 in PostgreSQL. By profile the largest parts are the 25 statements of a request (11 ms with their client), entering the sandbox, which starts a watching thread each time, and the change of globals from run to run. More API and worker processes on more machines, and a Temporal cluster in place of the development server, raise it.',
  picture: { kind: 'bars', labels: ['engine', 'bare Temporal', 'engine, 5,000 requests'] },
  run: async (stage, { rounds, size }) => {
    const { warmUp, round, long } = SIZES[size];
    const url = await publishHook(stage.platform.ask('owner'), 'Hook', [
      { id: 'greet', kind: 'transform', with: { value: { greeting: 'Hello {{ input.name }}' } } },
      { id: 'answer', kind: 'respond', with: { body: '{{ steps.greet.output }}' } },
    ]);
    const caller = openHookCaller(url, CONNECTIONS);
    const expected = { status: 200, text: '{"greeting":"Hello Ada"}' };
    const engine = async (total: number) => {
      const load = await closedLoop(total, CONNECTIONS, () => caller.call('{"name":"Ada"}', expected));
      await stage.settle();
      return load;
    };
    const baseline = (total: number) =>
      closedLoop(total, CONNECTIONS, async () => {
        const { greeting } = await (await stage.handWritten.start('greet', 'Ada')).result();
        if (greeting !== 'Hello Ada') throw new Error(`The baseline gave ${greeting}`);
      });
    await engine(warmUp);
    await baseline(warmUp);
    const loads: Loads[] = [];
    for (let i = 0; i < rounds; i++)
      loads.push({ engine: await engine(round), baseline: await baseline(round) });
    const longLoad = await engine(long);
    await caller.close();
    const found = [
      ...paceSeries(loads, 'bare Temporal'),
      series('engine, 5,000 requests', 'per s', [longLoad.perSecond]),
      ...latencySeries(loads, 'bare Temporal', [0.5, 0.99]),
      series('engine, 5,000 requests: p50', 'ms', [percentile(longLoad.latencies, 0.5)]),
      series('engine, 5,000 requests: p99', 'ms', [percentile(longLoad.latencies, 0.99)]),
    ];
    const all = [...loads.flatMap(({ engine: ours, baseline: bare }) => [ours, bare]), longLoad];
    return withFailures(found, all);
  },
};
