import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { scratchDataDir, startEmbeddedPostgres, type EmbeddedPostgres } from '../prisma/embedded-postgres.ts';
import { makeTemplate } from '../prisma/testing.ts';
import { freePort } from '../free-port.ts';
import { findTemporalServer, startTemporalServer, type TemporalServer } from '../temporal/dev-server.ts';
import { SEARCH_ATTRIBUTES } from '../temporal/search-attributes.ts';
import { CACHE } from './local/home.ts';
import { connect, publish, startRun } from './testing/flows.ts';
import { openPlatform, type TestPlatform } from './testing/platform.ts';
import { startHttpReceiver, type HttpReceiver } from './testing/receivers.ts';
import { until } from './testing/until.ts';

/** Servers of this file's own, since it stops them. */
let postgres: EmbeddedPostgres;
let startPostgres: () => Promise<EmbeddedPostgres>;
let temporal: TemporalServer;
let startTemporal: () => Promise<TemporalServer>;
let platform: TestPlatform;
let web: HttpReceiver;
let workflowId: string;
const told = process.env['LEVQOR_TEST_DATABASE'];
const folders: string[] = [];

const ROUNDS = 12;

beforeAll(async () => {
  const dataDir = scratchDataDir();
  const folder = await mkdtemp(join(tmpdir(), 'levqor-scratch-'));
  folders.push(dirname(dataDir), folder);
  const [postgresPort, port] = [await freePort(), await freePort()];
  startPostgres = () => startEmbeddedPostgres({ dataDir, port: postgresPort });
  const binary = await findTemporalServer({ cacheDir: CACHE, say: () => undefined });
  const files = { dbFile: join(folder, 'temporal.db'), logFile: join(folder, 'temporal.log') };
  startTemporal = () =>
    startTemporalServer({ binary, ...files, port, uiPort: null, searchAttributes: SEARCH_ATTRIBUTES });
  [postgres, temporal] = await Promise.all([startPostgres(), startTemporal()]);
  process.env['LEVQOR_TEST_DATABASE'] = await makeTemplate(postgres.url);
  web = await startHttpReceiver(() => ({ body: '{}' }));
  platform = await openPlatform({ allow: [web.port], temporalAddress: temporal.address });
  const owner = platform.ask('owner');
  await connect(owner, { name: 'web', kind: 'HTTP', settings: { baseUrl: web.url } });
  // Some seconds of small steps, so that a stop is sure to find it at work.
  workflowId = await publish(owner, 'Busy', {
    steps: [
      {
        id: 'each',
        kind: 'forEach',
        items: `{{ [1..${ROUNDS}] }}`,
        as: 'n',
        steps: [
          {
            id: 'put',
            kind: 'http',
            with: { connection: 'web', method: 'PUT', path: '/{{ run.id }}/{{ n }}' },
          },
          { id: 'rest', kind: 'wait', with: { seconds: 0.2 } },
        ],
      },
    ],
    output: '{{ $count(steps.each.output) }}',
  });
}, 60_000);

afterAll(async () => {
  // One that a failed test left stopped must not keep the others running.
  for (const part of [platform, web, temporal, postgres]) await part?.stop().catch(() => undefined);
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
  if (told !== undefined) process.env['LEVQOR_TEST_DATABASE'] = told;
}, 30_000);

const ready = async () => {
  const response = await fetch(`${platform.apiUrl}/readyz`);
  return { code: response.status, ...((await response.json()) as { status: string; down: string[] }) };
};

/** Starts runs and waits until each is at work. */
async function busyRuns(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) ids.push(await startRun(platform.ask('operator'), workflowId));
  for (const id of ids) await platform.waitForRun(id, ({ steps }) => steps.length > 3);
  return ids;
}

/** Waits until the runs are over; each has done all of its rounds and nothing twice as another request. */
async function expectWhole(ids: string[]): Promise<void> {
  for (const id of ids) {
    const run = await platform.waitForRun(
      id,
      ({ status }) => ['SUCCEEDED', 'FAILED'].includes(status),
      60_000,
    );
    expect(run).toMatchObject({ status: 'SUCCEEDED', output: ROUNDS, error: null });
    expect(run.steps.filter(({ status }) => status !== 'SUCCEEDED')).toEqual([]);
    expect(run.steps).toHaveLength(1 + 2 * ROUNDS);
    const puts = web.requests.filter(({ path }) => path.startsWith(`/${id}/`));
    expect(new Set(puts.map(({ headers }) => headers['idempotency-key'])).size).toBe(ROUNDS);
  }
}

describe('PostgreSQL stopped for three seconds while runs are at work', () => {
  it('is said by /readyz and answered with a typed error; then everything finishes', async () => {
    const ids = await busyRuns(3);
    expect(await ready()).toMatchObject({ code: 200, status: 'ready', down: [] });
    await postgres.stop();
    const stoppedAt = Date.now();
    const asked = platform.ask('viewer')('{ viewer { roles } }');
    const health = await until('the word of /readyz', async () => {
      const now = await ready();
      return now.code === 503 && now;
    });
    expect(health).toMatchObject({ status: 'not ready', down: ['postgres'] });
    expect((await fetch(`${platform.apiUrl}/healthz`)).status).toBe(200);
    await expect(asked).rejects.toMatchObject({ code: 'INTERNAL', reason: 'database_unavailable' });
    expect(Date.now() - stoppedAt).toBeLessThan(15_000);
    await pause(Math.max(0, stoppedAt + 3_000 - Date.now()));

    postgres = await startPostgres();
    await until('readiness', async () => (await ready()).code === 200);
    await expectWhole(ids);
  }, 90_000);
});

describe('Temporal stopped for five seconds while runs are at work', () => {
  it('is said by /readyz; runs are still taken and start later; everything finishes', async () => {
    const ids = await busyRuns(3);
    await temporal.stop();
    const stoppedAt = Date.now();
    const late = await startRun(platform.ask('operator'), workflowId);
    expect(Date.now() - stoppedAt).toBeLessThan(5_000);
    expect(await platform.waitForRun(late, () => true)).toMatchObject({ status: 'QUEUED' });
    const health = await until('the word of /readyz', async () => {
      const now = await ready();
      return now.code === 503 && now;
    });
    expect(health).toMatchObject({ status: 'not ready', down: ['temporal'] });
    await pause(Math.max(0, stoppedAt + 5_000 - Date.now()));

    temporal = await startTemporal();
    await until('readiness', async () => (await ready()).code === 200);
    await expectWhole([...ids, late]);
  }, 90_000);
});
