import { uuidOfGlobalId } from '../../../workflows/ids.ts';
import { control, publish, startRun } from '../../testing/flows.ts';
import { copyRuns } from '../copy-runs.ts';
import { series, type Figure } from '../figure.ts';
import type { Stage } from '../stage.ts';
import { percentile } from '../statistics.ts';

const SIZES = { full: { runs: 100_000, each: 20 }, tiny: { runs: 50, each: 2 } };
const DAYS = 90;

/** What a list of runs shows of each. */
const LIST = `query ($after: String, $filter: RunFilter) { runs(first: 50, after: $after, filter: $filter) {
  edges { node { id status trigger version createdAt startedAt finishedAt workflow { id name } error { code message }
    startedBy { kind name } } } pageInfo { hasNextPage endCursor } } }`;
const RUN = `query ($id: ID!) { run(id: $id) { id status trigger version hash createdAt startedAt finishedAt input output
  error { code message path details } workflow { id name }
  steps { path stepId kind status attempt startedAt finishedAt input output error { code message } }
  events(first: 100) { sequence at kind path attempt } } }`;
const FAILURES = `{ failures(first: 25) { edges { node { fingerprint count } } } }`;
/** The least that the API can be asked: what is above it is the page's own. */
const LEAST = '{ viewer { roles } }';
const LEAST_LABEL = 'the least request of the API';

const PAGES = [
  'run list, newest',
  'run list, far back',
  'run page',
  'search: failed runs of a workflow in a period',
  'search: one reason of failure',
  'search: what I started, which is nothing',
  'search: a status that no run has',
  'reasons of failure',
];

interface Page {
  label: string;
  query: string;
  variables(index: number): Record<string, unknown>;
}

/** The pages that a person opens to find a run. */
export const history: Figure = {
  name: 'history-100k',
  title: '100,000 finished runs in the database: list, run page, search',
  bars: PAGES.map((label) => ({ of: `${label}: p95`, statistic: 'median', relation: '≤', limit: 200 })),
  bound:
    'Each list reads one page of an index that begins with the organisation, so that the number of runs hardly matters; the rest is the cost of any request. Runs cannot be searched by text: the filters of `runs` are what is measured.',
  picture: { kind: 'bars', labels: [...PAGES, LEAST_LABEL].map((label) => `${label}: p95`) },
  run: async (stage, { rounds, size }) => {
    const { runs, each } = SIZES[size];
    const samples = await makeSamples(stage);
    const pages = await pagesOf(stage, samples);
    const before = await measure(stage, pages, each);
    await copyRuns(stage.platform, {
      samples: samples.map(({ runId }) => uuidOfGlobalId('run', runId) ?? ''),
      ...{ count: runs, days: DAYS },
    });
    const filled = await pagesOf(stage, samples);
    await measure(stage, filled, 2);
    const found: Map<string, number[]>[] = [];
    for (let round = 0; round < rounds; round++) found.push(await measure(stage, filled, each));
    const at = (share: number, label: string) =>
      found.map((times) => percentile(times.get(label) ?? [], share));
    return {
      series: [...pages, least].flatMap(({ label }) => [
        series(`${label}: p50`, 'ms', at(0.5, label)),
        series(`${label}: p95`, 'ms', at(0.95, label)),
        series(`${label}, before: p95`, 'ms', [percentile(before.get(label) ?? [], 0.95)]),
      ]),
      failures: 0,
      notes: [`${runs} runs were made by copying ${samples.length} real ones, spread over ${DAYS} days.`],
    };
  },
};

interface Sample {
  runId: string;
  workflowId: string;
}

/** How often each sample is copied, of 12: most runs succeed. */
const SHARES = { order: 6, invoice: 3, import: 2, ask: 1 };

/** Real finished runs of four workflows: succeeded ones, failed ones and cancelled ones. */
async function makeSamples(stage: Stage): Promise<Sample[]> {
  const { ask, waitForRun } = stage.platform;
  const transform = (id: string, value: unknown) => ({ id, kind: 'transform', with: { value } });
  const flows: Record<keyof typeof SHARES, object[]> = {
    order: [
      transform('order', { customer: 'Ada', lines: [{ n: 1 }, { n: 2 }] }),
      { id: 'stock', kind: 'http', with: { url: `${stage.web.url}/stock` } },
      {
        ...{ id: 'lines', kind: 'forEach', items: '{{ steps.order.output.lines }}', as: 'line' },
        steps: [transform('parcel', '{{ line.n * 2 }}')],
      },
      transform('total', '{{ $sum(steps.lines.output) }}'),
    ],
    invoice: ['net', 'tax', 'gross', 'text'].map((id) => transform(id, `${id} of the invoice`)),
    import: [
      transform('read', [1, 2, 3]),
      { id: 'stop', kind: 'fail', with: { message: 'The file has no header.', code: 'NO_HEADER' } },
    ],
    ask: [transform('first', 'done'), { id: 'hold', kind: 'wait', with: { event: 'go' } }],
  };
  const samples: Sample[] = [];
  for (const [name, share] of Object.entries(SHARES) as [keyof typeof SHARES, number][]) {
    const workflowId = await publish(ask('owner'), `History: ${name}`, { steps: flows[name] });
    const runId = await startRun(ask('operator'), workflowId);
    if (name === 'ask') {
      await waitForRun(runId, ({ status }) => status === 'WAITING');
      await control(ask('operator'), 'cancelRun', runId);
    }
    await waitForRun(runId, ({ status }) => ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(status));
    samples.push(...Array.from({ length: share }, () => ({ runId, workflowId })));
  }
  return samples;
}

const DAY_MS = 86_400_000;
const least: Page = { label: LEAST_LABEL, query: LEAST, variables: () => ({}) };

/** The pages, with ids and cursors of what is there now. */
async function pagesOf({ platform }: Stage, samples: Sample[]): Promise<Page[]> {
  const viewer = platform.ask('viewer');
  const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();
  const { runs } = await viewer<{ runs: { edges: { cursor: string; node: { id: string } }[] } }>(
    `query ($filter: RunFilter) { runs(first: 100, filter: $filter) { edges { cursor node { id } } } }`,
    { filter: { startedBefore: daysAgo(DAYS / 2) } },
  );
  const { run } = await viewer<{ run: { failureFingerprint: string } }>(
    'query ($id: ID!) { run(id: $id) { failureFingerprint } }',
    { id: samples[SHARES.order + SHARES.invoice]?.runId },
  );
  const failing = samples[SHARES.order + SHARES.invoice]?.workflowId;
  const ids =
    runs.edges.length > 0 ? runs.edges.map(({ node }) => node.id) : samples.map(({ runId }) => runId);
  const list = (label: string, variables: Record<string, unknown>): Page => ({
    ...{ label, query: LIST, variables: () => variables },
  });
  const period = { startedAfter: daysAgo(40), startedBefore: daysAgo(30) };
  return [
    list('run list, newest', {}),
    list('run list, far back', { after: runs.edges[0]?.cursor ?? null }),
    { label: 'run page', query: RUN, variables: (index) => ({ id: ids[index % ids.length] }) },
    list('search: failed runs of a workflow in a period', {
      filter: { workflowId: failing, status: ['FAILED'], ...period },
    }),
    list('search: one reason of failure', { filter: { failureFingerprint: run.failureFingerprint } }),
    list('search: what I started, which is nothing', { filter: { startedByMe: true } }),
    list('search: a status that no run has', { filter: { status: ['TIMED_OUT'] } }),
    { label: 'reasons of failure', query: FAILURES, variables: () => ({}) },
  ];
}

/** Asks for each page in turn, `each` times; gives the milliseconds by page. */
async function measure({ platform }: Stage, pages: Page[], each: number): Promise<Map<string, number[]>> {
  const all = [...pages, least];
  const times = new Map<string, number[]>(all.map(({ label }) => [label, []]));
  for (let index = 0; index < each; index++)
    for (const { label, query, variables } of all) {
      const sentAt = performance.now();
      await platform.ask('viewer')(query, variables(index));
      times.get(label)?.push(performance.now() - sentAt);
    }
  return times;
}
