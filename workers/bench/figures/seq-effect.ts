import { series, type Figure } from '../figure.ts';
import type { Stage } from '../stage.ts';
import { median } from '../statistics.ts';
import { publish } from '../../testing/flows.ts';
import { openRunTimer, timeHandWritten, type Times } from '../timed-run.ts';
import { TIMES_NOTE, timesSeries } from '../times-series.ts';

const SIZES = { full: { steps: 40, warmUp: 3, each: 3 }, tiny: { steps: 3, warmUp: 0, each: 1 } };

/** 40 effect steps, one run at a time. */
export const seqEffect: Figure = {
  name: 'seq-effect',
  title: '40 serial effect steps (HTTP calls that are answered at once), accepted → finished, alone',
  bars: [
    { of: 'engine', statistic: 'median', relation: '≤', limit: 0.5 },
    { of: 'engine ÷ hand-written', statistic: 'median', relation: '≤', limit: 1.2 },
    { of: 'history events, engine ÷ hand-written', statistic: 'median', relation: '≤', limit: 1.15 },
  ],
  bound:
    "Temporal's round trips: each effect is scheduled, started and completed by the server before the next begins, and each of these is written to its store. The engine adds a connection of its own for each call (none is shared between tenants), the sealing of payloads, and the interpreter in the sandbox; the record of quick steps is stored together, four times a second.",
  picture: { kind: 'bars', labels: ['engine', 'hand-written', 'hand-written, activities that do nothing'] },
  run: async (stage, { rounds, size }) => {
    const { steps, warmUp, each } = SIZES[size];
    const workflowId = await publish(stage.platform.ask('owner'), 'Effect steps', {
      steps: Array.from({ length: steps }, (_, i) => ({
        ...{ id: `call-${i + 1}`, kind: 'http', with: { url: `${stage.web.url}/step` } },
      })),
      output: steps,
    });
    const timer = openRunTimer(stage);
    const byHand = (url: string | null) =>
      timeHandWritten(() => stage.handWritten.start('effectSteps', steps, url), steps);
    const three = async () => ({
      engine: await timer.time(workflowId, steps),
      byHand: await byHand(`${stage.web.url}/step`),
      idle: await byHand(null),
    });
    for (let i = 0; i < warmUp; i++) await three();
    const found: Awaited<ReturnType<typeof three>>[][] = [];
    for (let round = 0; round < rounds; round++) {
      const threes = [];
      for (let i = 0; i < each; i++) threes.push(await three());
      found.push(threes);
    }
    await timer.close();
    const events = await Promise.all(found.map((threes) => countEvents(stage, threes.at(-1))));
    const pairs = found.map((threes) => ({
      engine: threes.map((one): Times => one.engine),
      byHand: threes.map((one): Times => one.byHand),
    }));
    return {
      series: [
        ...timesSeries(pairs),
        series(
          'hand-written, activities that do nothing',
          's',
          found.map((threes) => median(threes.map(({ idle }) => idle.taken)) / 1_000),
        ),
        series(
          'history events: engine',
          'events',
          events.map((one) => one.engine),
        ),
        series(
          'history events: hand-written',
          'events',
          events.map((one) => one.byHand),
        ),
        series(
          'history events, engine ÷ hand-written',
          '×',
          events.map((one) => one.engine / one.byHand),
        ),
      ],
      failures: 0,
      notes: [TIMES_NOTE],
    };
  },
};

/** How many events stand in the histories of a run and of its twin. */
async function countEvents(
  { platform, handWritten }: Stage,
  pair: { engine: { runId: string }; byHand: { workflowId: string } } | undefined,
) {
  if (!pair) throw new Error('A round without a run has no history');
  const engine = await platform.temporal.workflow
    .getHandle(platform.workflowIdOf(pair.engine.runId))
    .describe();
  const byHand = await handWritten.countEvents(pair.byHand.workflowId);
  return { engine: engine.historyLength, byHand };
}
