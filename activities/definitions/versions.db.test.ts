import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../workflows/json.ts';
import { createConnection, deleteConnection } from '../connections/index.ts';
import { openTestHouse, type TestHouse, type TestTenant } from '../testing.ts';
import {
  createWorkflow,
  diffVersions,
  getVersion,
  getWorkflow,
  listVersions,
  listWorkflows,
  saveDraft,
  type WorkflowView,
} from './index.ts';
import { archiveWorkflow, publishWorkflow } from '../publishing/index.ts';

let house: TestHouse;
let tenant: TestTenant;

beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(async () => {
  tenant = await house.newTenant();
});
afterAll(() => house.close());

const flow = (value: unknown, more: object = {}) =>
  ({ flow: 'v1', steps: [{ id: 'one', kind: 'transform', with: { value } }], ...more }) as JsonObject;
const create = (name: string, definition?: JsonObject) =>
  createWorkflow(tenant.as('builder'), { name, ...(definition && { definition }) });
const save = (workflow: WorkflowView, definition: JsonObject) =>
  saveDraft(tenant.as('admin'), {
    workflowId: workflow.id,
    definition,
    basedOnHash: workflow.draft.hash,
  });
const publish = (workflowId: string, note?: string) =>
  publishWorkflow(tenant.as('builder'), { workflowId, ...(note && { note }) });

describe('publishWorkflow', () => {
  it('makes numbered versions with a hash and what changed in words', async () => {
    const made = await create('Report', flow(1));
    const first = await publish(made.id, 'Our first');
    expect(first).toMatchObject({
      workflowId: made.id,
      number: 1,
      note: 'Our first',
      changes: [],
      definition: flow(1),
      publishedBy: { id: tenant.people.builder.id },
    });
    await save(made, flow(2));
    const second = await publish(made.id);
    expect(second).toMatchObject({ number: 2, note: null, changes: [{ kind: 'changed', stepId: 'one' }] });
    expect(second.hash).not.toBe(first.hash);
    expect((await getWorkflow(tenant.as('viewer'), { id: made.id })).version).toBe(2);
    expect(await getVersion(tenant.as('viewer'), { workflowId: made.id, number: 1 })).toEqual(first);
  });

  it('refuses a draft that is not valid, with its issues', async () => {
    const made = await create('Report', flow('{{ steps.nobody.output }}'));
    await expect(publish(made.id)).rejects.toMatchObject({
      code: 'INVALID',
      reason: 'definition_invalid',
      details: { issues: [{ stepId: 'one', code: 'STEP_UNKNOWN' }] },
    });
    expect((await getWorkflow(tenant.as('viewer'), { id: made.id })).version).toBeNull();
  });

  it('refuses when nothing is different, a layout aside', async () => {
    const made = await create('Report', flow(1));
    await publish(made.id);
    await save(made, flow(1, { layout: { one: { x: 1 } } }));
    await expect(publish(made.id)).rejects.toMatchObject({
      code: 'PRECONDITION_FAILED',
      reason: 'nothing_changed',
    });
  });

  it('refuses another draft than the one that was looked at', async () => {
    const made = await create('Report', flow(1));
    await save(made, flow(2));
    await expect(
      publishWorkflow(tenant.as('builder'), { workflowId: made.id, basedOnHash: made.draft.hash }),
    ).rejects.toMatchObject({ code: 'CONFLICT', reason: 'draft_changed' });
  });

  it('makes one version of many simultaneous publications', async () => {
    const made = await create('Report', flow(1));
    const results = await Promise.allSettled([1, 2, 3, 4, 5].map(() => publish(made.id)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await listVersions(tenant.as('viewer'), { workflowId: made.id })).items).toHaveLength(1);
  });

  it('never ends with a published version whose connection is gone', async () => {
    const step = { id: 'call', kind: 'http', with: { connection: 'shop', method: 'GET', path: '/' } };
    for (let round = 0; round < 10; round += 1) {
      const connection = await createConnection(tenant.as('builder'), {
        name: 'shop',
        kind: 'HTTP',
        settings: { baseUrl: 'https://shop.example' },
      });
      const { id } = await create(`Round ${round}`, { flow: 'v1', steps: [step] });
      const [published, deleted] = await Promise.allSettled([
        publish(id),
        deleteConnection(tenant.as('builder'), { id: connection.id }),
      ]);
      expect([published.status, deleted.status].sort()).toEqual(['fulfilled', 'rejected']);
      await archiveWorkflow(tenant.as('builder'), { workflowId: id });
      if (deleted.status === 'rejected') await deleteConnection(tenant.as('builder'), { id: connection.id });
    }
  });

  it('makes versions that the database itself does not change', async () => {
    const made = await create('Report', flow(1));
    await publish(made.id);
    await expect(
      house.database.withTenant(tenant.tenantId, (db) =>
        db.workflowVersion.updateMany({ where: { tenantId: tenant.tenantId }, data: { note: 'changed' } }),
      ),
    ).rejects.toThrow(/permission denied/);
  });
});

describe('archiveWorkflow', () => {
  it('ends changes and keeps what was', async () => {
    const made = await create('Report', flow(1));
    await publish(made.id);
    const archived = await archiveWorkflow(tenant.as('builder'), { workflowId: made.id });
    expect(archived).toMatchObject({ version: 1, archivedAt: expect.any(String) });
    expect(await archiveWorkflow(tenant.as('builder'), { workflowId: made.id })).toEqual(archived);
    for (const change of [save(made, flow(2)), publish(made.id)])
      await expect(change).rejects.toMatchObject({
        code: 'PRECONDITION_FAILED',
        reason: 'workflow_archived',
      });
    expect((await listWorkflows(tenant.as('viewer'), {})).items).toEqual([]);
    const { items } = await listWorkflows(tenant.as('viewer'), { archived: true });
    expect(items.map(({ node }) => node.id)).toEqual([made.id]);
  });
});

describe('listVersions', () => {
  it('goes page by page, newest first', async () => {
    const made = await create('Report', flow(0));
    for (const n of [1, 2, 3]) {
      await publish(made.id);
      await save(await getWorkflow(tenant.as('viewer'), { id: made.id }), flow(n));
    }
    const page = (after?: string | null) =>
      listVersions(tenant.as('viewer'), { workflowId: made.id, first: 2, after });
    const newest = await page();
    const oldest = await page(newest.endCursor);
    expect([newest, oldest].flatMap(({ items }) => items.map(({ node }) => node.number))).toEqual([3, 2, 1]);
    expect([newest.hasNextPage, oldest.hasNextPage]).toEqual([true, false]);
    await expect(page('x')).rejects.toMatchObject({ reason: 'cursor_invalid' });
  });
});

describe('diffVersions', () => {
  it('compares versions and the draft, and says when a draft is too unfinished', async () => {
    const made = await create('Report', flow(1));
    await publish(made.id);
    const saved = await save(made, flow(2));
    const diff = (from: number | 'draft', to: number | 'draft') =>
      diffVersions(tenant.as('viewer'), { workflowId: made.id, from, to });
    expect(await diff(1, 'draft')).toMatchObject([
      { kind: 'changed', stepId: 'one', before: '1', after: '2' },
    ]);
    expect(await diff('draft', 1)).toMatchObject([{ before: '2', after: '1' }]);
    await expect(diff(1, 7)).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'version_not_found' });
    for (const draft of [
      {},
      { flow: 'v1', steps: 5 },
      { flow: 'v1', steps: [null] },
      { flow: 'v1', steps: [{ id: 'a' }] },
    ]) {
      await save(await getWorkflow(tenant.as('viewer'), { id: made.id }), draft);
      await expect(diff(1, 'draft')).rejects.toMatchObject({
        code: 'PRECONDITION_FAILED',
        reason: 'draft_unreadable',
      });
    }
    expect(saved.draft.issues).toEqual([]);
  });
});

describe('another tenant', () => {
  it('finds none of it', async () => {
    const { id } = await create('Report', flow(1));
    await publish(id);
    const stranger = (await house.newTenant()).as('owner');
    for (const call of [
      getWorkflow(stranger, { id }),
      listVersions(stranger, { workflowId: id }),
      getVersion(stranger, { workflowId: id, number: 1 }),
      diffVersions(stranger, { workflowId: id, from: 1, to: 'draft' }),
    ])
      await expect(call).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'workflow_not_found' });
    expect((await listWorkflows(stranger, {})).items).toEqual([]);
  });
});
