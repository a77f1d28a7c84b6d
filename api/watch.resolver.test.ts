import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { approvalActivities, decideApproval } from '../activities/approvals/index.ts';
import { approvalRequest } from '../activities/approvals/testing.ts';
import { toGlobalId } from './global-id.ts';
import {
  APPROVAL_EVENTS,
  clientOf,
  endSockets,
  follow,
  newRun,
  RUN_EVENTS,
  step,
} from './testing/sockets.ts';
import { makeWorld, type World } from './testing/world.ts';
import { openTestApi, type TestApi } from './testing/api.ts';

let api: TestApi;
let world: World;
let strangers: World;
beforeAll(async () => {
  api = await openTestApi();
  world = await makeWorld(api);
  strangers = await makeWorld(api);
});
afterEach(endSockets);
afterAll(() => api.close());

describe('runEvents', () => {
  it('tells how the run stands, then each event as it is stored, and ends with the run', async () => {
    const run = await newRun(api, world);
    const { client } = clientOf(api, world.keys.viewer);
    const seen = follow(client, RUN_EVENTS, { runId: run.globalId });
    await seen.until(() => seen.items.length === 1);
    await run.open();
    await run.record(step(0, 'STARTED'));
    await run.record(step(1, 'SUCCEEDED'), step(2, 'STARTED', 'b'));
    await run.close(step(3, 'SUCCEEDED', 'b'));
    await seen.until(() => seen.outcome.complete === true);
    const news = seen.items.map((item) => (item['data'] as { runEvents: Record<string, unknown> }).runEvents);
    expect(news[0]).toEqual({ run: { id: run.globalId, status: 'QUEUED', output: null }, event: null });
    expect(news.flatMap(({ event }) => (event ? [event] : []))).toEqual([
      { sequence: 0, kind: 'STARTED', path: 'a' },
      { sequence: 1, kind: 'SUCCEEDED', path: 'a' },
      { sequence: 2, kind: 'STARTED', path: 'b' },
      { sequence: 3, kind: 'SUCCEEDED', path: 'b' },
    ]);
    expect(news.at(-1)?.['run']).toEqual({ id: run.globalId, status: 'SUCCEEDED', output: 7 });
  });

  it('begins after the events that the client knows, and tells late ones with lower numbers once', async () => {
    const run = await newRun(api, world);
    await run.open();
    await run.record(step(0, 'STARTED'), step(1, 'SUCCEEDED'), step(5, 'STARTED', 'b'));
    const { client } = clientOf(api, world.keys.viewer);
    const seen = follow(client, RUN_EVENTS, { runId: run.globalId, after: 1 });
    await seen.until(() => seen.items.length === 2);
    await run.record(step(4, 'STARTED', 'c'), step(5, 'STARTED', 'b'));
    await run.close();
    await seen.until(() => seen.outcome.complete === true);
    const paths = seen.items.flatMap((item) => {
      const { event } = (item['data'] as { runEvents: { event: { path: string } | null } }).runEvents;
      return event ? [event.path] : [];
    });
    expect(paths).toEqual(['b', 'c']);
  });

  it('ends at once for a run that is over', async () => {
    const run = await newRun(api, world);
    await run.open();
    await run.close(step(0, 'STARTED'));
    const { client } = clientOf(api, world.keys.viewer);
    const seen = follow(client, RUN_EVENTS, { runId: run.globalId });
    await seen.until(() => seen.outcome.complete === true);
    expect(seen.items).toHaveLength(2);
  });

  it.each([
    ['of another organisation', () => world.ids.run, () => strangers.keys.owner, 'NOT_FOUND'],
    ['that is no id', () => 'made up', () => world.keys.owner, 'INVALID'],
  ])('refuses a run %s', async (_, runId, key, code) => {
    const { client } = clientOf(api, key());
    const seen = follow(client, RUN_EVENTS, { runId: runId() });
    await seen.until(() => seen.items.length > 0 || seen.outcome.error !== undefined);
    expect(JSON.stringify([seen.items, seen.outcome])).toContain(`"code":"${code}"`);
  });

  it('misses nothing when the listening connection to PostgreSQL is lost', async () => {
    const run = await newRun(api, world);
    await run.open();
    const { client } = clientOf(api, world.keys.viewer);
    const seen = follow(client, RUN_EVENTS, { runId: run.globalId });
    await seen.until(() => seen.items.length === 1);
    const admin = new pg.Client({ connectionString: api.house.test.adminUrl });
    await admin.connect();
    await admin.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'levqor-live' AND datname = current_database()`,
    );
    await admin.end();
    await run.record(step(0, 'STARTED'));
    await run.close(step(1, 'SUCCEEDED'));
    await seen.until(() => seen.outcome.complete === true);
    expect(JSON.stringify(seen.items)).toContain('"sequence":1');
  });
});

describe('approvalEvents', () => {
  it('tells of requests that are made and decided here, as the caller sees them, and of no others', async () => {
    const before = api.heard.subscriptions;
    const { client } = clientOf(api, world.keys.finance);
    const seen = follow(client, APPROVAL_EVENTS);
    const other = follow(clientOf(api, strangers.keys.finance).client, APPROVAL_EVENTS);
    await seen.until(() => api.heard.subscriptions === before + 2);
    const request = approvalRequest(world.tenant, { class: 'B' });
    await approvalActivities(api.house.platform).requestApproval({ request });
    await seen.until(() => seen.items.length === 1);
    const { approvalId, planHash } = request;
    await decideApproval(world.tenant.as('operator'), { approvalId, planHash, decision: 'APPROVE' });
    await seen.until(() => seen.items.length === 2);
    const id = toGlobalId('Approval', approvalId);
    expect(seen.items.map((item) => (item['data'] as { approvalEvents: object }).approvalEvents)).toEqual([
      { id, status: 'PENDING', canDecide: true, decisions: [] },
      { id, status: 'APPROVED', canDecide: false, decisions: [{ decision: 'APPROVE' }] },
    ]);
    expect(other.items).toEqual([]);
  });
});
