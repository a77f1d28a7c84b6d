import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { temporal } from '@temporalio/proto';
import pg from 'pg';
import { testDatabase } from '../prisma/testing.ts';
import type { JournalNode } from '../workflows/runs/model.ts';
import {
  approve,
  connect,
  connectMail,
  connectShop,
  pendingApprovals,
  publish,
  sendEvent,
  startRun,
} from './testing/flows.ts';
import { stepsInJournal } from './testing/journal.ts';
import { openPlatform, type RunView, type TestPlatform } from './testing/platform.ts';
import {
  startHttpReceiver,
  startMailReceiver,
  type HttpReceiver,
  type MailReceiver,
} from './testing/receivers.ts';
import { openShop, type Shop } from './testing/shop.ts';
import { until } from './testing/until.ts';

let platform: TestPlatform;
let web: HttpReceiver;
let mail: MailReceiver;
let shop: Shop;
const closing: (() => Promise<void>)[] = [];

/** What the receivers wait for before they answer. */
let mayAnswer: Promise<void> = Promise.resolve();
let mailsBeforeHold = Infinity;
let mailMayGoOn: Promise<void> = Promise.resolve();

/** A promise and what fulfils it. */
function latch(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

beforeAll(async () => {
  web = await startHttpReceiver(() => mayAnswer.then(() => ({ body: '{"fetched":true}' })));
  mail = await startMailReceiver({
    before: async () => {
      if (mail.letters.length > mailsBeforeHold) await mailMayGoOn;
    },
  });
  const server = await testDatabase();
  shop = await openShop(server.adminUrl);
  await shop.sql(`CREATE TABLE summary (run text PRIMARY KEY, sent int, written int DEFAULT 1);
    GRANT ALL ON summary TO ${shop.user}`);
  closing.push(web.stop, mail.stop, shop.close, server.close);
  platform = await openPlatform({ allow: [web.port, mail.port, shop.port] });
  closing.unshift(platform.stop);
  const owner = platform.ask('owner');
  await connectShop(owner, shop);
  await connectMail(owner, mail.port);
  await connect(owner, { name: 'web', kind: 'HTTP', settings: { baseUrl: web.url } });
}, 60_000);
afterAll(async () => {
  for (const close of closing) await close();
}, 30_000);

const isOver = ({ status }: RunView) => ['SUCCEEDED', 'FAILED', 'CANCELLED', 'TIMED_OUT'].includes(status);
const transform = (id: string, value: unknown) => ({ id, kind: 'transform', with: { value } });
const wait = (id: string, event: string) => ({ id, kind: 'wait', with: { event } });

interface EventRow {
  path: string;
  attempt: number;
  kind: string;
}
const uuidOf = (runId: string) => platform.workflowIdOf(runId).split('/')[2] ?? '';
const eventsOf = async (runId: string): Promise<string[]> => {
  const rows = await platform.sql<EventRow>('SELECT path, attempt, kind FROM run_event WHERE run_id = $1', [
    uuidOf(runId),
  ]);
  return rows.map(({ path, attempt, kind }) => `${path} ${attempt} ${kind}`).sort();
};

/** The types of the events in a run's Temporal history, as the server holds it now. */
async function historyOf(runId: string): Promise<string[]> {
  const { history } = await platform.temporal.workflowService.getWorkflowExecutionHistory({
    namespace: platform.temporal.options.namespace,
    execution: { workflowId: platform.workflowIdOf(runId) },
  });
  const { EventType } = temporal.api.enums.v1;
  return (history?.events ?? []).map(({ eventType }) => EventType[eventType ?? 0]?.slice(11) ?? '');
}

describe('a worker that is killed while 60 mails go out', () => {
  const COUNT = 60;
  const invoices = Array.from({ length: COUNT }, (_, i) => ({
    to: `c${i}@example.com`,
    large: i % 10 === 3,
  }));

  it('leaves nothing undone: each mail has one Message-ID, the summary is there once', async () => {
    const workflowId = await publish(platform.ask('owner'), 'Reminders', {
      steps: [
        {
          id: 'each',
          kind: 'forEach',
          items: '{{ input }}',
          as: 'invoice',
          concurrency: 10,
          steps: [
            {
              id: 'size',
              kind: 'branch',
              cases: [
                {
                  when: '{{ invoice.large }}',
                  steps: [{ id: 'ask', kind: 'approval', with: { title: 'Remind {{ invoice.to }}' } }],
                },
              ],
              otherwise: [],
            },
            {
              id: 'mail',
              kind: 'email',
              with: { connection: 'mail', to: '{{ invoice.to }}', subject: 'Reminder', text: 'Please pay.' },
            },
          ],
        },
        {
          id: 'summary',
          kind: 'postgres',
          with: {
            connection: 'shop',
            sql: `INSERT INTO summary (run, sent) VALUES ($1, $2)
              ON CONFLICT (run) DO UPDATE SET written = summary.written + 1 RETURNING sent`,
            params: ['{{ run.id }}', '{{ $count(steps.each.output) }}'],
          },
        },
      ],
      output: '{{ steps.summary.output.rows[0].sent }}',
    });

    const afterKill = latch();
    mailsBeforeHold = 15;
    mailMayGoOn = afterKill.opened;
    const runId = await startRun(platform.ask('operator'), workflowId, invoices);
    const approvals = approveAll(runId);
    // All lanes that send are at a letter which arrived but was not confirmed.
    await until('the letters before the kill', () => mail.letters.length >= 15 + 4);
    await platform.worker.kill();
    mailsBeforeHold = Infinity;
    afterKill.open();
    await platform.worker.start();

    const run = await platform.waitForRun(runId, isOver, 60_000);
    await approvals;
    expect(run).toMatchObject({ status: 'SUCCEEDED', output: COUNT, error: null });

    // Letters about the approvals go to the approvers; those of the steps go to customers.
    const letters = mail.letters.filter(({ to }) => to.endsWith('@example.com'));
    const idsByReceiver = new Map<string, Set<string>>();
    for (const { to, messageId } of letters)
      idsByReceiver.set(to, (idsByReceiver.get(to) ?? new Set()).add(messageId));
    expect([...idsByReceiver.keys()].sort()).toEqual(invoices.map(({ to }) => to).sort());
    expect([...idsByReceiver.values()].filter((ids) => ids.size !== 1)).toEqual([]);
    expect(new Set(letters.map(({ messageId }) => messageId)).size).toBe(COUNT);
    // The kill did hit: some letters came twice, under their one id.
    expect(letters.length).toBeGreaterThan(COUNT);

    expect(await shop.sql('SELECT run, sent, written FROM summary')).toEqual([
      { run: runId, sent: COUNT, written: 1 },
    ]);
    // A request that was decided while no worker ran is never seen to wait.
    const events = await eventsOf(runId);
    expect(events.filter((line) => !line.endsWith(' WAITING'))).toEqual(expectedEvents(invoices));
    expect(events.filter((line) => line.endsWith(' WAITING') && !line.includes('/ask 1 '))).toEqual([]);
  }, 90_000);

  async function approveAll(runId: string): Promise<void> {
    const finance = platform.ask('finance');
    const decided = new Set<string>();
    await until(
      'all approvals',
      async () => {
        for (const pending of await pendingApprovals(finance, runId)) {
          await approve(finance, pending);
          decided.add(pending.id);
        }
        return decided.size === COUNT / 10;
      },
      60_000,
    );
  }

  function expectedEvents(items: { large: boolean }[]): string[] {
    const begunAndDone = (path: string) => [`${path} 1 STARTED`, `${path} 1 SUCCEEDED`];
    const ofItem = ({ large }: { large: boolean }, i: number) => [
      ...begunAndDone(`each[${i}]/size`),
      ...begunAndDone(`each[${i}]/mail`),
      ...(large ? begunAndDone(`each[${i}]/size/ask`) : []),
    ];
    return [...begunAndDone('each'), ...items.flatMap(ofItem), ...begunAndDone('summary')].sort();
  }
});

describe('a worker that is killed between storing step events and completing its workflow task', () => {
  const QUICK = ['one', 'two', 'three', 'four', 'five'];
  const parts = ['fetch', 'then', 'last', 'go', ...QUICK, 'large', 'ask', 'end', 'finish'];

  it('leaves rows that the next worker neither loses nor doubles, though events come in another order', async () => {
    const workflowId = await publish(platform.ask('owner'), 'Crash', {
      steps: [
        {
          id: 'both',
          kind: 'parallel',
          branches: [
            {
              id: 'slow',
              steps: [
                { id: 'fetch', kind: 'http', with: { connection: 'web', path: '/held' } },
                transform('then', '{{ steps.fetch.output.body }}'),
                wait('last', 'finish'),
              ],
            },
            {
              id: 'quick',
              steps: [
                wait('go', 'go'),
                ...QUICK.map((id) => transform(id, `{{ "${id} of " & steps.go.output }}`)),
                // Too large for the history: while it is stored, the events before it come in line for storing.
                transform('large', '{{ [1..9000].{ "n": $ } }}'),
                { id: 'ask', kind: 'approval', with: { title: 'Go on?' } },
                transform('end', 'ended'),
                wait('finish', 'finish'),
              ],
            },
          ],
        },
      ],
    });
    const answer = latch();
    mayAnswer = answer.opened;
    const runId = await startRun(platform.ask('operator'), workflowId);
    await until('the request', () => web.requests.length > 0);
    const steps = await platform.waitForRun(runId, (run) =>
      run.steps.some(({ path }) => path.endsWith('/go')),
    );
    expect(steps.status).toBe('RUNNING');

    // While the table of approvals is locked, the activity that asks for one does not end, and so the workflow task
    // stays open: the events of the quick steps are stored, and Temporal knows nothing of them.
    const lock = await lockApprovals();
    await sendEvent(platform.ask('operator'), runId, 'go', 'this');
    await until('the events of the quick steps', async () =>
      (await eventsOf(runId)).includes('both/quick/five 1 SUCCEEDED'),
    );
    answer.open();
    await until('the end of the other activity', async () => (await pendingActivities(runId)) === 0);
    await platform.worker.kill();
    const stored = await eventsOf(runId);
    expect(stored).toEqual(expect.arrayContaining(QUICK.map((id) => `both/quick/${id} 1 SUCCEEDED`)));
    expect(stored).not.toContain('both/slow/fetch 1 SUCCEEDED');
    expect((await historyOf(runId)).at(-1)).toBe('WORKFLOW_TASK_STARTED');
    await lock.end();
    await platform.worker.start();

    const [asked] = await until(
      'the approval',
      async () => {
        const pending = await pendingApprovals(platform.ask('finance'), runId);
        return pending.length > 0 && pending;
      },
      45_000,
    );
    await approve(platform.ask('finance'), asked!);
    await platform.waitForRun(runId, ({ steps: now }) =>
      now.some(({ path, status }) => path === 'both/quick/finish' && status === 'WAITING'),
    );
    expect(await historyOf(runId)).toContain('WORKFLOW_TASK_TIMED_OUT');

    // What the rows tell is what the workflow itself holds.
    const handle = platform.temporal.workflow.getHandle(platform.workflowIdOf(runId));
    const { journal } = await handle.query<{ journal: JournalNode }>('state');
    const known = stepsInJournal(journal);
    expect(known.map(({ path }) => path.split('/').at(-1)).sort()).toEqual([...parts, 'both'].sort());
    const rows = await platform.sql<{ path: string; attempt: number; status: string; output: unknown }>(
      'SELECT path, attempt, status, output FROM run_step WHERE run_id = $1 ORDER BY path COLLATE "C"',
      [uuidOf(runId)],
    );
    expect(rows).toEqual(
      known.map(({ path, attempt, done, output }) => ({
        path,
        attempt,
        status: done ? 'SUCCEEDED' : path === 'both' ? 'RUNNING' : 'WAITING',
        output,
      })),
    );

    for (const n of [1, 2]) await sendEvent(platform.ask('operator'), runId, 'finish', n);
    expect(await platform.waitForRun(runId, isOver)).toMatchObject({
      status: 'SUCCEEDED',
      output: { slow: expect.any(Number), quick: expect.any(Number) },
    });
    const final = await eventsOf(runId);
    expect(final).toEqual(expect.arrayContaining(stored));
    const inBranch = (id: string) => rows.find(({ path }) => path.split('/').at(-1) === id)?.path ?? id;
    expect(final).toEqual(
      [
        ...['both', ...parts].flatMap((id) => [`${inBranch(id)} 1 STARTED`, `${inBranch(id)} 1 SUCCEEDED`]),
        ...['last', 'go', 'ask', 'finish'].map((id) => `${inBranch(id)} 1 WAITING`),
      ].sort(),
    );
  }, 90_000);

  async function lockApprovals(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: platform.database.adminUrl });
    await client.connect();
    await client.query('BEGIN; LOCK TABLE approval IN EXCLUSIVE MODE');
    return client;
  }

  async function pendingActivities(runId: string): Promise<number> {
    const { pendingActivities: pending } = await platform.temporal.workflowService.describeWorkflowExecution({
      namespace: platform.temporal.options.namespace,
      execution: { workflowId: platform.workflowIdOf(runId) },
    });
    return pending?.length ?? 0;
  }
});
