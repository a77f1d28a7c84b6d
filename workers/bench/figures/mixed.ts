import type { Figure } from '../figure.ts';
import { openHookCaller, publishHook } from '../hooks.ts';
import { MIXED_ANSWER, MIXED_INPUT, mixedSteps } from '../mixed-flow.ts';
import { latencySeries, paceSeries, withFailures, type Loads } from '../load-series.ts';
import { closedLoop } from '../load.ts';

const AT_ONCE = 25;
const SIZES = { full: { warmUp: 50, round: 200 }, tiny: { warmUp: 2, round: 5 } };
/** A flow of every sort of step, 25 at once. */
export const mixed: Figure = {
  name: 'mixed-25',
  title: '10-step mixed flow, 25 at once',
  bars: [
    { of: 'failures', statistic: 'max', relation: '≤', limit: 0 },
    { of: 'engine ÷ hand-written', statistic: 'median', relation: '≥', limit: 0.8 },
  ],
  bound:
    'The processor, as with the webhook flow. Three effects make four workflow tasks and three activities a run; the engine adds its rows in PostgreSQL.',
  picture: { kind: 'bars', labels: ['engine', 'hand-written'] },
  run: async (stage, { rounds, size }) => {
    const { warmUp, round } = SIZES[size];
    const url = await publishHook(stage.platform.ask('owner'), 'Mixed', mixedSteps(stage.web.url));
    const caller = openHookCaller(url, AT_ONCE);
    const body = JSON.stringify(MIXED_INPUT);
    const engine = async (total: number) => {
      const load = await closedLoop(total, AT_ONCE, () =>
        caller.call(body, { status: 200, text: MIXED_ANSWER }),
      );
      await stage.settle();
      return load;
    };
    const baseline = (total: number) =>
      closedLoop(total, AT_ONCE, async () => {
        const run = await stage.handWritten.start('mixedFlow', stage.web.url, MIXED_INPUT);
        const answer = JSON.stringify(await run.result());
        if (answer !== MIXED_ANSWER) throw new Error(`The baseline gave ${answer}`);
      });
    await engine(warmUp);
    await baseline(warmUp);
    const loads: Loads[] = [];
    for (let i = 0; i < rounds; i++)
      loads.push({ engine: await engine(round), baseline: await baseline(round) });
    await caller.close();
    return withFailures(
      [...paceSeries(loads, 'hand-written'), ...latencySeries(loads, 'hand-written', [0.5, 0.99])],
      loads.flatMap(({ engine: ours, baseline: byHand }) => [ours, byHand]),
    );
  },
};
