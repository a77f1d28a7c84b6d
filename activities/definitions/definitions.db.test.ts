import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../workflows/json.ts';
import { createConnection, deleteConnection } from '../connections/index.ts';
import { openTestHouse, type TestHouse, type TestTenant } from '../testing.ts';
import {
  archiveWorkflow,
  createWorkflow,
  diffVersions,
  getVersion,
  getWorkflow,
  listVersions,
  listWorkflows,
  publishWorkflow,
  saveDraft,
  validateDraft,
  type WorkflowView,
} from './index.ts';

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

describe('createWorkflow', () => {
  it('begins with the smallest valid draft and no version', async () => {
    const made = await create('  Daily report ');
    expect(made).toMatchObject({
      name: 'Daily report',
      version: null,
      archivedAt: null,
      createdBy: { id: tenant.people.builder.id },
      draft: { definition: { flow: 'v1', name: 'Daily report' }, issues: [] },
    });
    expect(made.draft.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(await getWorkflow(tenant.as('viewer'), { id: made.id })).toEqual(made);
  });

  it('takes a draft that is not valid yet, and says what is wrong', async () => {
    const made = await create('Later', { flow: 'v1', steps: [{ id: 'x', kind: 'unheard' }] });
    expect(made.draft.issues.map(({ code }) => code)).toContain('UNKNOWN_KIND');
  });

  it('keeps names apart among workflows in use, upper and lower case aside', async () => {
    const results = await Promise.allSettled(
      ['Émile 100%', 'émile 100%', 'ÉMILE 100%'].map((name) => create(name)),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(create('ÉMILE 100%')).rejects.toMatchObject({
      code: 'CONFLICT',
      reason: 'workflow_name_taken',
      details: { field: 'name' },
    });
    await create('Émile 1000');
    const { items } = await listWorkflows(tenant.as('viewer'), { search: '100%' });
    await archiveWorkflow(tenant.as('builder'), { workflowId: items[0]?.node.id ?? '' });
    await create('émile 100%');
    await createWorkflow((await house.newTenant()).as('builder'), { name: 'Émile 1000' });
  });

  const nested = (depth: number) => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`) as JsonObject;
  it.each([
    ['a list', [] as unknown as JsonObject],
    ['text', 'flow' as unknown as JsonObject],
    ['too large', { a: 'x'.repeat(1_048_576) }],
    ['too deep', nested(66)],
    ['very deep', nested(100_000)],
    ['NUL', { a: ['\u0000'] }],
    ['NUL in a key', { '\u0000': 1 }],
    ['half a surrogate pair', { a: '\udc00' }],
    ['not a number', { a: Number.NaN }],
    ['a key that reaches the prototype', JSON.parse('{"a":{"__proto__":1}}') as JsonObject],
  ])('refuses a definition that cannot be kept: %s', async (_what, definition) => {
    await expect(create('x', definition)).rejects.toMatchObject({
      code: 'INVALID',
      details: { field: 'definition' },
    });
    expect((await listWorkflows(tenant.as('viewer'), {})).items).toEqual([]);
  });

  it('keeps odd and large definitions exactly', async () => {
    const odd = JSON.parse(
      '{"\\\\u0000":"\\\\ud800","n":[1e300,-0.1,5e-324],"é":"😀","t":null}',
    ) as JsonObject;
    for (const definition of [odd, nested(64), { a: 'x'.repeat(1_048_000) }]) {
      const made = await create(randomUUID(), definition);
      const read = await getWorkflow(tenant.as('viewer'), { id: made.id });
      expect(JSON.stringify(sorted(read.draft.definition))).toBe(JSON.stringify(sorted(definition)));
      expect(read.draft.issues.length).toBeGreaterThan(0);
    }
  });
});

describe('saveDraft', () => {
  it('replaces the draft, and counts a moved step as a change', async () => {
    const made = await create('Report', flow(1));
    const saved = await save(made, flow(1, { layout: { one: { x: 5, y: 5 } } }));
    expect(saved.draft.hash).not.toBe(made.draft.hash);
    expect(saved.draft.savedBy).toMatchObject({ id: tenant.people.admin.id });
    expect(saved.draft.definition['layout']).toEqual({ one: { x: 5, y: 5 } });
  });

  it('refuses a stale save and shows both drafts', async () => {
    const made = await create('Report', flow(1));
    const saved = await save(made, flow('theirs'));
    await expect(save(made, flow('mine'))).rejects.toMatchObject({
      code: 'CONFLICT',
      reason: 'draft_changed',
      message: expect.stringContaining('The admin'),
      details: {
        yours: { basedOnHash: made.draft.hash, definition: flow('mine') },
        current: {
          hash: saved.draft.hash,
          definition: flow('theirs'),
          savedAt: saved.draft.savedAt,
          savedBy: { id: tenant.people.admin.id },
        },
      },
    });
    expect(await getWorkflow(tenant.as('viewer'), { id: made.id })).toEqual(saved);
  });

  it('lets one of many simultaneous saves win', async () => {
    const made = await create('Report', flow(0));
    const results = await Promise.allSettled([1, 2, 3, 4, 5].map((n) => save(made, flow(n))));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('takes what is there already, in any key order, as no change', async () => {
    const made = await create('Report', flow(1));
    const saved = await save(made, flow(2));
    const again = JSON.parse(
      '{"steps":[{"with":{"value":2},"kind":"transform","id":"one"}],"flow":"v1"}',
    ) as JsonObject;
    expect(await save(made, again)).toEqual(saved);
  });
});

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

describe('listWorkflows and listVersions', () => {
  it('find by a part of the name, literally', async () => {
    for (const name of ['Alpha one', 'alphabet', 'Beta_1', 'Beta 1', 'Back\\slash']) await create(name);
    const find = async (search: string) =>
      (await listWorkflows(tenant.as('viewer'), { search })).items.map(({ node }) => node.name).sort();
    expect(await find('ALPHA')).toEqual(['Alpha one', 'alphabet']);
    expect(await find('a_1')).toEqual(['Beta_1']);
    expect(await find('%')).toEqual([]);
    expect(await find('k\\s')).toEqual(['Back\\slash']);
  });

  it('go page by page, newest first', async () => {
    const made = await create('w0', flow(0));
    for (const n of [1, 2, 3]) {
      await create(`w${n}`);
      await publish(made.id);
      await save(await getWorkflow(tenant.as('viewer'), { id: made.id }), flow(n));
    }
    const one = await listWorkflows(tenant.as('viewer'), { first: 3 });
    const two = await listWorkflows(tenant.as('viewer'), { first: 3, after: one.endCursor });
    expect([one, two].flatMap(({ items }) => items.map(({ node }) => node.name))).toEqual([
      'w3',
      'w2',
      'w1',
      'w0',
    ]);
    expect([one.hasNextPage, two.hasNextPage]).toEqual([true, false]);

    const newest = await listVersions(tenant.as('viewer'), { workflowId: made.id, first: 2 });
    const oldest = await listVersions(tenant.as('viewer'), {
      workflowId: made.id,
      first: 2,
      after: newest.endCursor,
    });
    expect([newest, oldest].flatMap(({ items }) => items.map(({ node }) => node.number))).toEqual([3, 2, 1]);
    await expect(
      listVersions(tenant.as('viewer'), { workflowId: made.id, after: 'x' }),
    ).rejects.toMatchObject({
      reason: 'cursor_invalid',
    });
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
      await save(await getWorkflow(tenant.as('viewer'), { id: made.id }), draft as JsonObject);
      await expect(diff(1, 'draft')).rejects.toMatchObject({
        code: 'PRECONDITION_FAILED',
        reason: 'draft_unreadable',
      });
    }
    expect(saved.draft.issues).toEqual([]);
  });
});

describe('validateDraft', () => {
  it('knows the connections and workflows of the tenant', async () => {
    const definition = {
      flow: 'v1',
      steps: [
        { id: 'call', kind: 'http', with: { connection: 'shop', method: 'GET', path: '/' } },
        { id: 'other', kind: 'callWorkflow', with: { workflow: 'Other' } },
      ],
    };
    const codes = async () =>
      (await validateDraft(tenant.as('viewer'), { definition })).map(({ code }) => code).sort();
    expect(await codes()).toEqual(['CONNECTION_UNKNOWN', 'WORKFLOW_UNKNOWN']);
    await createConnection(tenant.as('builder'), {
      name: 'shop',
      kind: 'HTTP',
      settings: { baseUrl: 'https://shop.example' },
    });
    await create('Other');
    expect(await codes()).toEqual([]);
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, child]) => [key, sorted(child)]);
}
