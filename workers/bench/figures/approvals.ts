import { graphql, openClient, type Client, type ResultOf } from '../../../api/client/index.ts';
import { approve, control, pendingApprovals, publish, startRun } from '../../testing/flows.ts';
import { until } from '../../testing/until.ts';
import { series, type Figure } from '../figure.ts';
import { closedLoop } from '../load.ts';
import type { Stage } from '../stage.ts';
import { percentile } from '../statistics.ts';

const SIZES = { full: { open: 1_000, each: 20 }, tiny: { open: 3, each: 2 } };
const AT_ONCE = 20;
/** So many runs have an approval within this time, in milliseconds. */
const OPEN_LIMIT = 600_000;

const NEWS = graphql(
  'subscription ($runId: ID!) { runEvents(runId: $runId) { run { status } event { path } } }',
);
/** What the inbox of an approver shows. */
const INBOX = `{ approvals(first: 50, filter: { status: PENDING, waitingForMe: true }) {
  edges { cursor node { id title class quorum missing requestedAt expiresAt canDecide planHash
    requester { name } run { id } decisions { decision } } } pageInfo { hasNextPage endCursor } } }`;
/** The least that the API can be asked: what is above it is the inbox's own. */
const LEAST = '{ viewer { roles } }';

/** Decisions and the inbox while many approvals are open. */
export const approvals: Figure = {
  name: 'approvals',
  title: '1,000 open approvals, one more decided; the inbox page',
  bars: [
    { of: 'decision sent → next step seen: p95', statistic: 'median', relation: '≤', limit: 1_000 },
    { of: 'inbox page of 50: p95', statistic: 'median', relation: '≤', limit: 200 },
  ],
  bound:
    'A decision is one transaction, one signal through the outbox and one workflow task; how many others are open does not matter to it. The inbox page reads 50 rows by an index and their decisions.',
  picture: {
    kind: 'bars',
    labels: [
      'decision sent → next step seen: p95',
      'hand-written, signal sent → result: p95',
      'inbox page of 50: p95',
      'the least request of the API: p95',
    ],
  },
  run: async (stage, { rounds, size }) => {
    const { open, each } = SIZES[size];
    const workflowId = await publish(stage.platform.ask('owner'), 'Approval', {
      steps: [
        { id: 'gate', kind: 'approval', with: { title: 'Go on?', class: 'B', approvers: ['finance'] } },
        { id: 'after', kind: 'transform', with: { value: 'went on' } },
      ],
    });
    const waiting = await openMany(stage, workflowId, open);
    const client = openClient({ url: stage.platform.apiUrl, key: stage.platform.tokens.viewer });
    await decideOne(stage, client, workflowId);
    const found: Record<'decision' | 'signal' | 'inbox' | 'least', number[]>[] = [];
    for (let round = 0; round < rounds; round++) {
      const times = { decision: [], signal: [], inbox: [], least: [] } as (typeof found)[number];
      for (let i = 0; i < each; i++) {
        times.decision.push(await decideOne(stage, client, workflowId));
        times.signal.push(await signalOne(stage));
        times.inbox.push(await page(stage, INBOX));
        times.least.push(await page(stage, LEAST));
      }
      found.push(times);
    }
    await client.close();
    await closeMany(stage, waiting);
    const at = (share: number, of: keyof (typeof found)[number]) =>
      found.map((times) => percentile(times[of], share));
    const both = (label: string, of: keyof (typeof found)[number]) => [
      series(`${label}: p50`, 'ms', at(0.5, of)),
      series(`${label}: p95`, 'ms', at(0.95, of)),
    ];
    return {
      series: [
        ...both('decision sent → next step seen', 'decision'),
        ...both('hand-written, signal sent → result', 'signal'),
        ...both('inbox page of 50', 'inbox'),
        ...both('the least request of the API', 'least'),
      ],
      failures: 0,
    };
  },
};

interface Waiting {
  runs: string[];
  byHand: { signal(name: string): Promise<void> }[];
}

/** Starts as many runs, and as many workflows by hand, that wait for a yes. */
async function openMany(stage: Stage, workflowId: string, count: number): Promise<Waiting> {
  const waiting: Waiting = { runs: [], byHand: [] };
  const { failures, firstFailure } = await closedLoop(count, AT_ONCE, async () => {
    waiting.runs.push(await startRun(stage.platform.ask('operator'), workflowId));
    waiting.byHand.push(await stage.handWritten.start('waitForYes'));
  });
  if (failures > 0) throw new Error(`${failures} runs did not start: ${firstFailure ?? ''}`);
  const opened = async () => {
    const [row] = await stage.platform.sql<{ open: number }>(
      "SELECT count(*)::int AS open FROM approval WHERE status = 'PENDING'",
    );
    return row?.open === count;
  };
  await until(`${count} open approvals`, opened, OPEN_LIMIT);
  return waiting;
}

/** Milliseconds from sending the decision until the client sees the step behind it. */
async function decideOne(stage: Stage, client: Client, workflowId: string): Promise<number> {
  const finance = stage.platform.ask('finance');
  const runId = await startRun(stage.platform.ask('operator'), workflowId);
  const pending = await until(
    'an approval',
    async () => (await pendingApprovals(finance, runId))[0],
    OPEN_LIMIT,
  );
  const news = client.subscribe(NEWS, { runId })[Symbol.asyncIterator]();
  // The first news is how it stands: from then on nothing is missed.
  await news.next();
  const sentAt = performance.now();
  const [seenAt] = await Promise.all([timeOfStep(news, 'after'), approve(finance, pending)]);
  await news.return?.();
  return seenAt - sentAt;
}

/** When the news first tell of this step. Throws when they end without. */
async function timeOfStep(news: AsyncIterator<ResultOf<typeof NEWS>>, path: string): Promise<number> {
  for (;;) {
    const next = await news.next();
    if (next.done) throw new Error(`The run ended without the step "${path}"`);
    if (next.value.runEvents.event?.path === path) return performance.now();
  }
}

/** Milliseconds from the signal to the result of the baseline. */
async function signalOne(stage: Stage): Promise<number> {
  const handle = await stage.handWritten.start('waitForYes');
  const sentAt = performance.now();
  await handle.signal('approved');
  await handle.result();
  return performance.now() - sentAt;
}

async function page({ platform }: Stage, query: string): Promise<number> {
  const sentAt = performance.now();
  await platform.ask('finance')(query);
  return performance.now() - sentAt;
}

async function closeMany(stage: Stage, { runs, byHand }: Waiting): Promise<void> {
  const left = [...runs];
  await closedLoop(left.length, AT_ONCE, async (index) => {
    await control(stage.platform.ask('operator'), 'cancelRun', left[index] ?? '');
    await byHand[index]?.signal('approved');
  });
}
