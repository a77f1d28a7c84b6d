import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { testDatabase } from '../../prisma/testing.ts';
import { openPlatform, type TestPlatform } from '../../workers/testing/platform.ts';
import {
  startHttpReceiver,
  startMailReceiver,
  type HttpReceiver,
  type MailReceiver,
} from '../../workers/testing/receivers.ts';
import { openShop, type Shop } from '../../workers/testing/shop.ts';
import { until } from '../../workers/testing/until.ts';
import { openCommandLine, type CommandLine } from './testing.ts';

/** What a stranger does with the demo workflow, in this order, by the command line alone. */

const DEMO = new URL('../../workers/local/demo/overdue-invoices.flow.json', import.meta.url);
const NAME = 'Overdue invoices';
const FLOW_FILE = 'flows/overdue-invoices.flow.json';
const TABLES = `
  CREATE TABLE customer (id int, name text, email text);
  CREATE TABLE invoice (id int, number text, customer_id int, amount_cents int, currency text, due_on date, paid_on date);
  CREATE TABLE reminder_summary (run_id text PRIMARY KEY, invoices int, sent int, failed int, refused int);
  INSERT INTO customer VALUES (1, 'Small', 'small@example.com'), (2, 'Large', 'large@example.com');
  INSERT INTO invoice VALUES
    (1, 'I-1', 1, 1000, 'EUR', current_date - 40, NULL), (2, 'I-2', 2, 700000, 'EUR', current_date - 50, NULL)`;
const RUNS = 10;

interface Definition {
  name: string;
  triggers: object[];
  steps: { id: string; with?: object }[];
}
interface Items<Item> {
  items: Item[];
}
interface ListedRun {
  id: string;
  status: string;
  trigger: string;
}
interface ShownRun extends ListedRun {
  rerunOf: string | null;
  output: { invoices: number; sent: number } | null;
  startedBy: { email: string | null };
}

// Each chapter calls the program a dozen times, and one waits for a worker that was killed.
jest.setTimeout(120_000);

let platform: TestPlatform;
let cli: CommandLine;
let shop: Shop;
let ledger: HttpReceiver;
let mail: MailReceiver;
let isClosed = true;
const closing: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  [ledger, mail] = await Promise.all([
    startHttpReceiver(({ path }) => ({ status: path === '/ledger' && isClosed ? 503 : 200, body: '{}' })),
    startMailReceiver(),
  ]);
  const server = await testDatabase();
  shop = await openShop(server.adminUrl);
  closing.push(
    () => ledger.stop(),
    () => mail.stop(),
    () => shop.close(),
    () => server.close(),
  );
  const { host, port, database, user, password } = shop;
  await shop.sql(TABLES);
  await shop.sql(`GRANT ALL ON ALL TABLES IN SCHEMA public TO ${user}`);
  platform = await openPlatform({ allow: [ledger.port, mail.port, port] });
  closing.unshift(() => platform.stop());
  cli = openCommandLine(platform);
  closing.unshift(() => cli.close());
  await connect({
    name: 'demo-shop',
    kind: 'POSTGRES',
    settings: { host, port, database, user, tls: false },
    secrets: { password },
  });
  await connect({
    name: 'demo-mail',
    kind: 'SMTP',
    settings: { host: '127.0.0.1', port: mail.port, tls: false, from: 'Shop <shop@example.com>' },
  });
  await cli.publish(JSON.parse(readFileSync(DEMO, 'utf8')) as Definition);
}, 90_000);

afterAll(async () => {
  for (const close of closing) await close();
});

async function connect(connection: object): Promise<void> {
  cli.write('connection.json', connection);
  await cli.json('connection', 'create', '--file', 'connection.json');
}

/** The command as one of the people; fails when it did not succeed. */
async function say(person: string, ...words: string[]): Promise<string> {
  const { code, out, err } = await cli.levqor([...words, '--profile', person]);
  expect({ words, code, err }).toEqual({ words, code: 0, err });
  return out;
}

const http = (id: string) => ({
  id,
  kind: 'http',
  with: { method: 'POST', url: `${ledger.url}/${id}`, body: { run: '{{ run.id }}' } },
  retry: { attempts: 1 },
});
const runs = async () => (await cli.json<Items<ListedRun>>('runs', '--all')).items;
const calls = (path: string) => ledger.requests.filter((one) => one.path === path);
const reminders = () => mail.letters.filter(({ subject }) => subject.includes('days overdue'));

/** Waits until so many people are asked, and approves all that at once, for finance who is away. */
async function approveAll(count: number): Promise<void> {
  const asked = await until(`${count} requests`, async () => {
    const { items } = await cli.json<Items<{ id: string }>>('approvals', '--mine', '--profile', 'security');
    return items.length === count && items.map(({ id }) => id);
  });
  const said = await say('security', 'approve', ...asked, '--reason', 'Checked for finance');
  expect(said.match(/EUR: APPROVED\./g)).toHaveLength(count);
}

async function waitForAll(status: string, count: number): Promise<ListedRun[]> {
  return until(`${count} runs that ${status}`, async () => {
    const found = (await runs()).filter((run) => run.status === status);
    return found.length === count && found;
  });
}

async function fingerprint(): Promise<string> {
  const { items } = await cli.json<Items<{ fingerprint: string; open: number }>>('failures');
  expect(items).toMatchObject([{ count: RUNS, stepId: 'ledger', code: 'HTTP_STATUS' }]);
  return items[0]!.fingerprint;
}

describe('a stranger with the command line alone', () => {
  it('exports the demo, changes it, sees the diff and publishes it', async () => {
    expect(await say('viewer', 'export', 'flows')).toContain('1 workflow is in flows');
    const flow = JSON.parse(readFileSync(cli.file(FLOW_FILE), 'utf8')) as Definition;
    flow.triggers.push({ kind: 'webhook', input: '{{ body }}' });
    flow.steps.splice(2, 0, http('book'));
    flow.steps.splice(4, 0, http('ledger'));
    cli.write(FLOW_FILE, flow);

    expect((await cli.levqor(['push', FLOW_FILE, '--profile', 'finance'])).err).toContain('FORBIDDEN');
    await say('owner', 'push', FLOW_FILE);
    const diff = await say('owner', 'diff', NAME);
    for (const line of ['+ Step "book" (http) was added.', '+ Step "ledger" (http) was added.'])
      expect(diff).toContain(line);
    expect((await cli.levqor(['publish', NAME])).code).toBe(2);
    const publishers = [1, 2].map(() => cli.levqor(['publish', NAME, '--yes', '--note', 'With the ledger']));
    const published = await Promise.all(publishers);
    expect(published.map(({ code }) => code).sort()).toEqual([0, 1]);
    expect(await say('viewer', 'diff', NAME, '--from', '1', '--to', '2')).toContain('"ledger" (http)');
  });

  it('starts it by webhook, by schedule and by hand', async () => {
    const body = '{"graceDays": 30}';
    expect(await say('operator', 'webhook', 'call', NAME, '--body', body)).toContain('HTTP 202');
    const times = ['--cron', '0 6 * * 1', '--input', body];
    await say('operator', 'schedule', 'create', NAME, '--name', 'Mondays', ...times);
    await say('operator', 'schedule', 'trigger', 'Mondays');
    const starts = Array.from({ length: RUNS - 2 }, () => say('operator', 'run', NAME, '--input', body));
    await Promise.all(starts);
    const triggers = (await waitForAll('WAITING', RUNS)).map(({ trigger }) => trigger);
    expect(new Set(triggers)).toEqual(new Set(['manual', 'schedule', 'webhook']));
    expect(await say('viewer', 'schedules')).toContain('Mondays');
    expect(await say('viewer', 'webhook', 'deliveries', NAME)).toContain('ACCEPTED');
  });

  it('lets another person decide for finance, who decides all ten at once', async () => {
    const delegate = ['delegate', '--to', platform.people.security.email, '--until'];
    await say('finance', ...delegate, new Date(Date.now() + 86_400_000).toISOString());
    await approveAll(RUNS);
    await waitForAll('FAILED', RUNS);
    expect(calls('/book')).toHaveLength(RUNS);
    expect(reminders()).toHaveLength(2 * RUNS);
  });

  it('sees what a repair would repeat, and repairs all ten while the worker is killed', async () => {
    isClosed = false;
    const failed = await waitForAll('FAILED', RUNS);
    const closed = calls('/ledger').length;
    const words = ['rerun', '--failure', await fingerprint(), '--profile', 'operator'];
    const preview = (await cli.levqor([...words, '--preview'])).out;
    expect(preview).toContain(`This runs ${RUNS} runs again.`);
    expect(preview).toContain('begins at ledger');
    expect(preview).toMatch(/Taken over +overdue, totals, book, /);
    expect(preview).toMatch(/Asks people again +reminders\[…\]\/gate\/askOne/);
    expect(preview).toMatch(new RegExp(`${RUNS} +${NAME} +ledger +POST ${ledger.url}/ledger`));
    expect(preview).not.toMatch(/e-mail to|\/book/);

    const { child, ended } = cli.begin([...words, '--yes']);
    const begun = new Promise<void>((resolve) => {
      child.stderr.on('data', (chunk: Buffer) => {
        if (/[1-9]\d* of 10/.test(chunk.toString())) resolve();
      });
    });
    await Promise.race([begun, ended]);
    await platform.worker.kill();
    await platform.worker.start();
    expect(await ended).toMatchObject({
      code: 0,
      out: expect.stringContaining(`Started: ${RUNS} runs. Refused: 0`),
    });
    await approveAll(RUNS);
    const repaired = await waitForAll('SUCCEEDED', RUNS);
    const shown: ShownRun[] = [];
    for (const { id } of repaired) shown.push(await cli.json<ShownRun>('show', id));
    expect(new Set(shown.map(({ rerunOf }) => rerunOf))).toEqual(new Set(failed.map(({ id }) => id)));
    for (const { output } of shown) expect(output).toMatchObject({ invoices: 2, sent: 2 });

    const keys = calls('/ledger')
      .slice(closed)
      .map(({ headers }) => headers['idempotency-key']);
    expect(keys.sort()).toEqual(repaired.map(({ id }) => `${id}/ledger`).sort());
    expect(calls('/book')).toHaveLength(RUNS);
    expect(reminders()).toHaveLength(2 * RUNS);
    expect((await cli.levqor([...words, '--yes'])).out).toContain('There is nothing to run again.');
  });

  it('compares a good with a bad run', async () => {
    const [good] = await waitForAll('SUCCEEDED', RUNS);
    const { rerunOf: bad } = await cli.json<ShownRun>('show', good!.id);
    const { out, err } = await cli.levqor(['compare', bad!, good!.id, '--profile', 'viewer']);
    expect(out).toContain('They part at ledger (status).');
    expect(out).toMatch(/≠ +ledger +FAILED .+ SUCCEEDED/);
    expect(out).toMatch(/≠ +summary +— +SUCCEEDED/);
    expect(out).not.toContain('book');
    expect(err).toContain('the same in both');
  });

  it('reads how the approvals went', async () => {
    const read = (by: string) => say('owner', 'analytics', '--by', by);
    expect(await read('class')).toMatch(/class +B +20 +20 +0/);
    expect(await read('approver')).toMatch(/approver +security@\S+ +20 +0/);
    expect(await read('week')).toMatch(/week +\d{4}-W\d\d +20 +20/);
    expect(await read('workflow')).toMatch(/workflow +Overdue invoices +20 +20/);
    expect(await say('security', 'approval', await someApproval())).toContain(platform.people.security.email);
  });
});

async function someApproval(): Promise<string> {
  return (await cli.json<Items<{ id: string }>>('approvals', '--all')).items[0]!.id;
}
