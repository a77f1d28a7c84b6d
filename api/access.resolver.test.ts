import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { documentFor } from './testing/documents.ts';
import { makeWorld, rootFields, SAMPLES, type World } from './testing/world.ts';
import { openTestApi, type TestApi } from './testing/api.ts';

let api: TestApi;
let world: World;
let strangers: World;
beforeAll(async () => {
  api = await openTestApi();
  world = await makeWorld(api);
  strangers = await makeWorld(api);
});
afterAll(() => api.close());

const call = (kind: 'query' | 'mutation', name: string, key: string | null) => {
  const variables = SAMPLES[kind][name]?.args(world) ?? {};
  return api.graphql({ query: documentFor(api.app.schema, kind, { name, only: [] }), variables }, key);
};
const codes = ({ errors }: Awaited<ReturnType<typeof call>>) =>
  errors.map(({ extensions }) => `${extensions.code} ${extensions.reason}`);

const operations = (['query', 'mutation'] as const).flatMap((kind) =>
  Object.keys(SAMPLES[kind]).map((name) => ({ kind, name })),
);

describe('the samples', () => {
  it.each(['query', 'mutation', 'subscription'] as const)('have each %s of the schema', (kind) => {
    expect(Object.keys(SAMPLES[kind]).sort()).toEqual(Object.keys(rootFields(api.app.schema, kind)).sort());
  });
});

describe('an owner', () => {
  // In this order: later operations end what earlier ones need.
  it.each(operations)('can do the $kind $name', async ({ kind, name }) => {
    const answer = await call(kind, name, world.keys.owner);
    expect(answer.errors).toEqual([]);
    expect(answer.data?.[name]).toBeTruthy();
    expect(answer.status).toBe(200);
  });
});

describe('a request', () => {
  it('without a key still reads the JSON Schema of the format', async () => {
    expect((await call('query', 'flowSchema', null)).data?.['flowSchema']).toMatchObject({
      title: 'Levqor Flow v1',
    });
  });

  it('keeps its id when that is a short plain token, and gets a new one otherwise', async () => {
    const idOf = async (given: string) => {
      const headers = { 'x-request-id': given };
      const answer = await api.graphql({ query: '{ viewer { roles } }', headers });
      expect(answer.errors[0]?.extensions.requestId).toBe(answer.headers.get('x-request-id'));
      return answer.headers.get('x-request-id');
    };
    expect(await idOf('trace-12345678')).toBe('trace-12345678');
    for (const bad of ['short', 'has space in it', 'a'.repeat(65), '<script>alert(1)</script>'])
      expect(await idOf(bad)).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('by a person cannot decide with a key that has no person', async () => {
    const query = 'mutation { createApiKey(input: { name: "robot", service: true }) { token } }';
    const { data } = await api.graphql({ query }, strangers.keys.owner);
    const { token } = data?.['createApiKey'] as { token: string };
    const decide = `mutation ($input: DecideApprovalInput!) { decideApproval(input: $input) { id } }`;
    const { ids, planHash } = strangers;
    const input = { approvalId: ids.approval, decision: 'APPROVE', planHash };
    const answer = await api.graphql({ query: decide, variables: { input } }, token);
    expect(codes(answer)).toEqual(['FORBIDDEN approval_needs_person']);
  });
});
