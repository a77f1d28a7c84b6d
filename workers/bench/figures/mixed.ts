import type { Figure } from '../figure.ts';
import { openHookCaller, publishHook } from '../hooks.ts';
import { latencySeries, paceSeries, withFailures, type Loads } from '../load-series.ts';
import { closedLoop } from '../load.ts';

const AT_ONCE = 25;
const SIZES = { full: { warmUp: 50, round: 200 }, tiny: { warmUp: 2, round: 5 } };
const INPUT = { customer: 'Ada', lines: [{ n: 2 }, { n: 3 }, { n: 4 }] };
/** What every run answers, as PostgreSQL orders the keys: 9 of the lines, doubled, since it is less than 100. */
const ANSWER = '{"calls":600,"total":18,"parcels":[4,6,8],"customer":"Ada"}';

/** Ten steps: four transforms, a branch, a loop, three calls over HTTP, and the answer. */
export const mixedSteps = (url: string): object[] => [
  { id: 'order', kind: 'transform', with: { value: '{{ { "sum": $sum(input.lines.n) } }}' } },
  { id: 'stock', kind: 'http', with: { url: `${url}/stock` } },
  {
    id: 'size',
    kind: 'branch',
    cases: [
      {
        when: '{{ steps.order.output.sum > 100 }}',
        steps: [{ id: 'large', kind: 'transform', with: { value: '{{ steps.order.output.sum }}' } }],
      },
    ],
    otherwise: [{ id: 'small', kind: 'transform', with: { value: '{{ steps.order.output.sum * 2 }}' } }],
  },
  { id: 'price', kind: 'http', with: { url: `${url}/price` } },
  {
    ...{ id: 'lines', kind: 'forEach', items: '{{ input.lines }}', as: 'line' },
    steps: [{ id: 'parcel', kind: 'transform', with: { value: '{{ line.n * 2 }}' } }],
  },
  { id: 'book', kind: 'http', with: { url: `${url}/book` } },
  {
    ...{ id: 'summary', kind: 'transform' },
    with: {
      value: {
        customer: '{{ input.customer }}',
        total: '{{ steps.size.output }}',
        parcels: '{{ steps.lines.output }}',
        calls: '{{ steps.stock.output.status + steps.price.output.status + steps.book.output.status }}',
      },
    },
  },
  { id: 'answer', kind: 'respond', with: { body: '{{ steps.summary.output }}' } },
];

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
  run: async (stage, { rounds, size }) => {
    const { warmUp, round } = SIZES[size];
    const url = await publishHook(stage.platform, 'Mixed', mixedSteps(stage.web.url));
    const caller = openHookCaller(url, AT_ONCE);
    const body = JSON.stringify(INPUT);
    const engine = async (total: number) => {
      const load = await closedLoop(total, AT_ONCE, () => caller.call(body, { status: 200, text: ANSWER }));
      await stage.settle();
      return load;
    };
    const baseline = (total: number) =>
      closedLoop(total, AT_ONCE, async () => {
        const run = await stage.handWritten.start('mixedFlow', stage.web.url, INPUT);
        const answer = JSON.stringify(await run.result());
        if (answer !== ANSWER) throw new Error(`The baseline gave ${answer}`);
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
