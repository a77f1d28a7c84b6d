import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { globalId } from '../../workflows/ids.ts';
import type { JsonObject } from '../../workflows/json.ts';
import { createConnection } from '../connections/index.ts';
import { openTestHouse, type TestHouse, type TestTenant } from '../testing.ts';
import {
  createWorkflow,
  getWorkflow,
  listWorkflows,
  saveDraft,
  validateDraft,
  type WorkflowView,
} from './index.ts';
import { archiveWorkflow } from '../publishing/index.ts';

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
    ['too deep', nested(130)],
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

describe('validateDraft', () => {
  it('knows the connections and workflows of the tenant', async () => {
    const definition = {
      flow: 'v1',
      steps: [
        { id: 'call', kind: 'http', with: { connection: 'shop', method: 'GET', path: '/' } },
        { id: 'other', kind: 'callWorkflow', with: { workflow: 'Other' } },
      ],
    };
    const codes = async (given: JsonObject = definition) =>
      (await validateDraft(tenant.as('viewer'), { definition: given })).map(({ code }) => code).sort();
    expect(await codes()).toEqual(['CONNECTION_UNKNOWN', 'WORKFLOW_UNKNOWN']);
    await createConnection(tenant.as('builder'), {
      name: 'shop',
      kind: 'HTTP',
      settings: { baseUrl: 'https://shop.example' },
    });
    const { id } = await create('Other');
    expect(await codes()).toEqual([]);
    const calling = (workflow: string) => ({
      flow: 'v1',
      steps: [{ id: 'other', kind: 'callWorkflow', with: { workflow } }],
    });
    expect(await codes(calling(globalId('workflow', id)))).toEqual([]);
    expect(await codes(calling(id))).toEqual(['WORKFLOW_UNKNOWN']);
  });
});

describe('listWorkflows', () => {
  it('find by a part of the name, literally', async () => {
    for (const name of ['Alpha one', 'alphabet', 'Beta_1', 'Beta 1', 'Back\\slash']) await create(name);
    const find = async (search: string) =>
      (await listWorkflows(tenant.as('viewer'), { search })).items.map(({ node }) => node.name).sort();
    expect(await find('ALPHA')).toEqual(['Alpha one', 'alphabet']);
    expect(await find('a_1')).toEqual(['Beta_1']);
    expect(await find('%')).toEqual([]);
    expect(await find('k\\s')).toEqual(['Back\\slash']);
  });

  it('goes page by page, newest first', async () => {
    for (const n of [0, 1, 2, 3]) await create(`w${n}`);
    const one = await listWorkflows(tenant.as('viewer'), { first: 3 });
    const two = await listWorkflows(tenant.as('viewer'), { first: 3, after: one.endCursor });
    expect([one, two].flatMap(({ items }) => items.map(({ node }) => node.name))).toEqual([
      'w3',
      'w2',
      'w1',
      'w0',
    ]);
    expect([one.hasNextPage, two.hasNextPage]).toEqual([true, false]);
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, child]) => [key, sorted(child)]);
}
