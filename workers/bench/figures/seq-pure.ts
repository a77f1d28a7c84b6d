import type { Figure } from '../figure.ts';
import { publish } from '../../testing/flows.ts';
import { openRunTimer, timeHandWritten, type Times } from '../timed-run.ts';
import { TIMES_NOTE, timesSeries } from '../times-series.ts';

/** The work of a pure step: fib(10) by recursion, as Windmill's and n8n's own benches do it. */
export const FIB = '{{ ($fib := function($n) { $n < 2 ? $n : $fib($n - 1) + $fib($n - 2) }; $fib(10)) }}';
export const FIB_OF_10 = 55;

const SIZES = { full: { steps: 40, warmUp: 5, each: 5 }, tiny: { steps: 3, warmUp: 0, each: 1 } };

/** So many pure steps in a row. */
export const fibSteps = (count: number): object[] =>
  Array.from({ length: count }, (_, i) => ({ id: `fib-${i + 1}`, kind: 'transform', with: { value: FIB } }));

/** 40 pure steps, one run at a time. */
export const seqPure: Figure = {
  name: 'seq-pure',
  title: '40 serial pure steps (fib(10) each), accepted → finished, alone',
  bars: [
    { of: 'engine', statistic: 'median', relation: '≤', limit: 0.12 },
    { of: 'engine ÷ hand-written', statistic: 'median', relation: '≤', limit: 1.5 },
  ],
  bound:
    'Pure steps cost no round trip: the expressions themselves (about 0.3 ms for one fib(10) in JSONata, against some microseconds in plain JavaScript), the start through the outbox, two workflow tasks, and the writes to PostgreSQL before the first effect and at the end.',
  picture: {
    kind: 'bars',
    labels: [
      'engine',
      'hand-written',
      'engine: sent → seen by the client',
      'hand-written: sent → seen by the client',
    ],
  },
  run: async (stage, { rounds, size }) => {
    const { steps, warmUp, each } = SIZES[size];
    const workflowId = await publish(stage.platform.ask('owner'), 'Pure steps', {
      steps: fibSteps(steps),
      output: `{{ steps.'fib-${steps}'.output }}`,
    });
    const timer = openRunTimer(stage);
    const pair = async () => ({
      engine: await timer.time(workflowId, FIB_OF_10),
      byHand: await timeHandWritten(() => stage.handWritten.start('pureSteps', steps), FIB_OF_10),
    });
    for (let i = 0; i < warmUp; i++) await pair();
    const found: { engine: Times[]; byHand: Times[] }[] = [];
    for (let round = 0; round < rounds; round++) {
      const pairs = [];
      for (let i = 0; i < each; i++) pairs.push(await pair());
      found.push({ engine: pairs.map((one) => one.engine), byHand: pairs.map((one) => one.byHand) });
    }
    await timer.close();
    return { series: timesSeries(found), failures: 0, notes: [TIMES_NOTE] };
  },
};
