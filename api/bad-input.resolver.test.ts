import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredInputField,
  type GraphQLInputField,
} from 'graphql';
import pg from 'pg';
import { toGlobalId } from './global-id.ts';
import { schemaText } from './schema-text.ts';
import { documentFor } from './testing/documents.ts';
import { makeWorld, rootFields, SAMPLES, type World } from './testing/world.ts';
import { openTestApi, type TestApi } from './testing/api.ts';

let api: TestApi;
let world: World;
let admin: pg.Client;
beforeAll(async () => {
  api = await openTestApi();
  world = await makeWorld(api);
  admin = new pg.Client({ connectionString: api.house.test.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await api.close();
});

/** How many rows each table has. */
async function rowCounts(): Promise<unknown> {
  const { rows } = await admin.query(`
    SELECT c.relname, (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM %I', c.relname), false, true, '')))[1]::text AS n
    FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace WHERE s.nspname = 'public' AND c.relkind = 'r' ORDER BY 1`);
  return rows;
}

const send = (kind: 'query' | 'mutation', name: string, variables: Record<string, unknown>) =>
  api.graphql(
    { query: documentFor(api.app.schema, kind, { name, depth: 3, only: Object.keys(variables) }), variables },
    world.keys.owner,
  );

/** Refused with a typed error, and nothing was written. */
async function expectRefused(call: ReturnType<typeof send>, field: string | RegExp): Promise<string> {
  const before = await rowCounts();
  const { status, errors, data } = await call;
  expect(status).toBe(200);
  expect(errors[0]?.extensions.code).toBe('INVALID');
  expect(errors[0]?.extensions.details).toMatchObject({
    field: typeof field === 'string' ? field : expect.stringMatching(field),
  });
  expect(Object.values(data ?? {}).every((value) => value === null)).toBe(true);
  expect(await rowCounts()).toEqual(before);
  return errors[0]?.message ?? '';
}

const uuid = '0b4f9a52-6f0e-4c8f-9d7b-2f4b6c1f7a10';
const BAD_IDS = ['', 'x', uuid, `nothing_${uuid.replaceAll('-', '')}`, 7, "' OR 1=1 --", '\u0000'];

/** Values that the type of a field cannot take. */
function badValues(field: GraphQLInputField): unknown[] {
  const bad = badOfType(getNamedType(field.type).name, field);
  const listed = isListType(getNullableType(field.type)) ? [...bad, ...bad.map((one) => [one])] : bad;
  return isRequiredInputField(field) ? [...listed, null, undefined] : listed;
}

function badOfType(type: string, field: GraphQLInputField): unknown[] {
  if (isEnumType(getNamedType(field.type))) return ['NOPE', 1, {}, ''];
  if (isInputObjectType(getNamedType(field.type))) return [5, 'text', true, { surprise: 1 }];
  const texts = [5, true, {}, 'zero \u0000 in it', 'half \ud800 of it'];
  const byType: Record<string, unknown[]> = {
    ID: BAD_IDS,
    String: texts,
    Boolean: ['yes', 1],
    Int: ['1', 1.5, 2 ** 31, -1, ...(takesZero(field) ? [] : [0])],
    DateTime: ['yesterday', 5, '2026-02-30', '2026-11-23T09:30:00'],
    JSON: [JSON.parse('['.repeat(140) + ']'.repeat(140)), { 'a\u0000': 1 }, { a: '\ud800' }],
  };
  return byType[type] ?? [];
}

/** By its own words: "0 to 60". */
function takesZero({ description }: GraphQLInputField): boolean {
  return /\b0 to \d/.test(description ?? '');
}

// Read before the API is up, since the cases are named when the file is loaded.
const { buildSchema } = await import('graphql');
const schema = buildSchema(await schemaText());
const inputs = (['mutation', 'query'] as const).flatMap((kind) =>
  Object.values(rootFields(schema, kind)).flatMap((operation) =>
    operation.args.flatMap((arg) => {
      const type = getNamedType(arg.type);
      return isInputObjectType(type) ? [{ kind, operation: operation.name, arg: arg.name, type }] : [];
    }),
  ),
);
const fields = inputs.flatMap((input) =>
  Object.values(input.type.getFields()).map((field) => ({ ...input, name: field.name, field })),
);

describe.each(inputs)('$kind $operation($arg)', ({ kind, operation, arg }) => {
  it('refuses a field that does not exist, naming it', async () => {
    const good = (SAMPLES[kind][operation]?.args(world) ?? {})[arg] as object | undefined;
    await expectRefused(send(kind, operation, { [arg]: { ...good, surprise: 1 } }), /surprise$/);
  });
});

describe.each(fields)('$kind $operation($arg).$name', ({ kind, operation, arg, name, field }) => {
  it.each(badValues(field).map((value) => [JSON.stringify(value) ?? 'nothing', value] as const))(
    'refuses %s, naming the field',
    async (_, value) => {
      const good = (SAMPLES[kind][operation]?.args(world) ?? {})[arg] as object | undefined;
      const message = await expectRefused(
        send(kind, operation, { [arg]: { ...good, [name]: value } }),
        new RegExp(`(^|\\.)${name}(\\.|$)`),
      );
      expect(message).not.toMatch(/prisma|postgres error|stack|\bat \//i);
    },
  );
});

describe('texts that a verb refuses', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['createWorkflow', { name: '   ' }, 'name'],
    ['createWorkflow', { name: 'x'.repeat(201) }, 'name'],
    ['createWorkflow', { name: 'A', definition: 'text' }, 'definition'],
    ['createWorkflow', { name: 'A', definition: [1] }, 'definition'],
    ['createConnection', { name: 'has space', kind: 'HTTP', settings: {} }, 'name'],
    ['createConnection', { name: 'a', kind: 'HTTP', settings: { baseUrl: 'not a url' } }, 'settings.baseUrl'],
    ['createConnection', { name: 'a', kind: 'HTTP', settings: { nope: 1 } }, 'settings'],
    ['createApiKey', { name: 'a', expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
    ['createApiKey', { name: 'a', roles: [] }, 'roles'],
  ])('%s %j', async (operation, input, field) => {
    await expectRefused(send('mutation', operation, { input }), new RegExp(`^${field}`));
  });

  it('an idempotency key that is too long', async () => {
    const input = { workflowId: world.ids.workflow, idempotencyKey: 'k'.repeat(256) };
    await expectRefused(send('mutation', 'startRun', { input }), 'idempotencyKey');
  });

  it('a publication of a draft with faults, listing them', async () => {
    const created = await send('mutation', 'createWorkflow', {
      input: { name: 'Faulty', definition: { flow: 'v1' } },
    });
    const { id } = created.data?.['createWorkflow'] as { id: string };
    await expectRefused(send('mutation', 'publishWorkflow', { input: { workflowId: id } }), 'definition');
    const { errors } = await send('mutation', 'publishWorkflow', { input: { workflowId: id } });
    expect(errors[0]?.extensions).toMatchObject({
      reason: 'definition_invalid',
      details: { issues: [{ code: 'MISSING_FIELD', path: '/steps' }] },
    });
  });
});

const LISTS = [
  'workflows',
  'runs',
  'approvals',
  'approvalDelegations',
  'connections',
  'members',
  'apiKeys',
  'auditLog',
];

describe('pages', () => {
  it.each([
    ['first', { first: 0 }],
    ['first', { first: 101 }],
    ['first', { first: -1 }],
    ['after', { after: 'made up' }],
    ['after', { after: '' }],
    ['after', { after: 'x'.repeat(5_000) }],
    ['first', { first: 'ten' }],
    ['first', { first: null }],
  ])('refuse a bad %s: %j', async (field, args) => {
    for (const list of LISTS) await expectRefused(send('query', list, args), field);
  });
});

describe('periods', () => {
  const day = '2026-03-01T00:00:00Z';
  it.each<[string, Record<string, unknown>]>([
    ['to', { from: day, to: day }],
    ['to', { from: day, to: '2025-03-01T00:00:00Z' }],
    ['to', { from: day, to: '2027-04-06T00:00:00Z' }],
    ['from', { from: '2026-03-01', to: day }],
    ['from', { from: null, to: day }],
    ['from', { from: '1815-12-10T00:00:00Z', to: day }],
    ['groupBy', { from: '2026-01-01T00:00:00Z', to: day, groupBy: 'MOON' }],
  ])('of analytics: refuse a bad %s: %j', async (field, args) => {
    await expectRefused(send('query', 'approvalAnalytics', args), field);
  });

  it.each([
    ['until', { until: '2020-01-01T00:00:00Z' }],
    ['until', { until: '2099-01-01T00:00:00Z' }],
    ['toPersonId', { toPersonId: 'own' }],
  ])('of a delegation: refuse a bad %s: %j', async (field, more) => {
    const good = SAMPLES.mutation['delegateApprovals']?.args(world)['input'] as object;
    const own = { toPersonId: toGlobalId('Person', world.tenant.people.owner.id) };
    const input = { ...good, ...more, ...('toPersonId' in more && own) };
    await expectRefused(send('mutation', 'delegateApprovals', { input }), field);
  });
});
