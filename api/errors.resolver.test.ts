import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BODY_LIMIT } from './graphql-http.ts';
import { makeWorld, type World } from './testing/world.ts';
import { openTestApi, type TestApi } from './testing/api.ts';

let api: TestApi;
let hidden: TestApi;
let world: World;
beforeAll(async () => {
  api = await openTestApi();
  hidden = await openTestApi({ production: true });
  world = await makeWorld(api);
});
afterAll(async () => {
  await api.close();
  await hidden.close();
});

const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
const refusal = async (response: Response) => {
  const body = (await response.json()) as { errors: { extensions: { code: string; reason: string } }[] };
  return [response.status, body.errors[0]?.extensions.code, body.errors[0]?.extensions.reason];
};

describe('a request that cannot be read', () => {
  it.each([
    ['not JSON', '{"query": ', {}, [400, 'INVALID', 'body_invalid']],
    ['no body', '', {}, [400, 'INVALID', 'body_empty']],
    ['a forbidden key', '{"query":"{__typename}","__proto__":{}}', {}, [400, 'INVALID', 'body_invalid']],
    [
      'another content type',
      'query={__typename}',
      { 'content-type': 'text/plain' },
      [415, 'INVALID', 'content_type'],
    ],
    [
      'a form',
      'query={__typename}',
      { 'content-type': 'application/x-www-form-urlencoded' },
      [415, 'INVALID', 'content_type'],
    ],
    ['a list', '[{"query":"{__typename}"}]', {}, [400, 'INVALID', 'request_malformed']],
    ['a text', '"{__typename}"', {}, [400, 'INVALID', 'request_malformed']],
    ['no query', '{}', {}, [400, 'INVALID', 'request_malformed']],
    [
      'a document as JSON',
      '{"query":"{\\"kind\\":\\"Document\\",\\"definitions\\":[]}"}',
      {},
      [200, 'INVALID', 'syntax_error'],
    ],
    [
      'a query that is too long',
      JSON.stringify({ query: `{__typename}${' '.repeat(20_000)}` }),
      {},
      [400, 'LIMIT_EXCEEDED', 'query_too_large'],
    ],
    [
      'a body that is too large',
      JSON.stringify({ query: '{__typename}', variables: { a: 'x'.repeat(BODY_LIMIT) } }),
      {},
      [413, 'LIMIT_EXCEEDED', 'body_too_large'],
    ],
    [
      'variables nested too deep',
      `{"query":"{__typename}","variables":{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}}`,
      {},
      [200, 'INVALID', 'value_not_storable'],
    ],
    [
      'no such operation',
      '{"query":"query A {__typename}","operationName":"B"}',
      {},
      [200, 'INVALID', 'operation_unknown'],
    ],
    [
      'one of two operations',
      '{"query":"query A {__typename} query B {__typename}"}',
      {},
      [200, 'INVALID', 'operation_unknown'],
    ],
    [
      'a subscription',
      '{"query":"subscription { approvalEvents { id } }"}',
      {},
      [200, 'INVALID', 'subscription_over_http'],
    ],
  ] as const)('is refused: %s', async (_, body, headers, expected) => {
    expect(await refusal(await post(body, headers))).toEqual(expected);
  });

  it('is refused over GET with a mutation, telling what to use', async () => {
    const response = await fetch(`${api.url}/graphql?query=${encodeURIComponent('mutation { __typename }')}`);
    expect(await refusal(response)).toEqual([405, 'INVALID', 'method_not_allowed']);
    expect(response.headers.get('allow')).toBe('POST');
  });
});

describe('limits', () => {
  const nest = (depth: number) => {
    let text = 'id';
    for (let i = 0; i < depth; i += 1) text = `edges { node { versions { ${text} } } }`;
    return `{ workflows { ${text} } }`;
  };
  const doubled = Array.from(
    { length: 26 },
    (_, i) => `fragment f${i} on Viewer { ...f${i + 1} ...f${i + 1} }`,
  ).join(' ');
  it.each([
    ['depth', nest(4)],
    ['aliases', `{ ${Array.from({ length: 16 }, (_, i) => `a${i}: flowSchema`).join(' ')} }`],
    ['rootFields', `{ ${'flowSchema '.repeat(16)} }`],
    ['directives', `{ flowSchema ${'@include(if: true) '.repeat(21)} }`],
  ])('refuse too much %s', async (limit, query) => {
    const started = Date.now();
    const { errors, data } = await api.graphql({ query, variables: { n: 100 } }, world.keys.owner);
    expect(errors.map(({ extensions }) => extensions)).toContainEqual(
      expect.objectContaining({ code: 'LIMIT_EXCEEDED', details: expect.objectContaining({ limit }) }),
    );
    expect(data).toBeNull();
    expect(Date.now() - started).toBeLessThan(2_000);
  });

  it.each<[number, string]>([
    // 1 runs + 100 × (edges, node, events) + 100 × 1,000 × 4
    [
      1 + 100 + 100 + 100 + 400_000,
      '{ runs(first: 100) { edges { node { events(first: 1000) { path kind at data } } } } }',
    ],
    [
      1 + 100 + 100 + 100 + 40_000,
      'query ($n: Int!) { runs(first: $n) { edges { node { events(first: 100) { path kind at data } } } } }',
    ],
    [
      1 + 200 + 100 + 100_000,
      '{ runs(first: 100) { edges { node { events(first: 1000) { ...only } } } } } fragment only on RunEvent { __typename }',
    ],
  ])('count the fields of an answer, page sizes multiplied: %d', async (requested, query) => {
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${world.keys.owner}` },
      body: JSON.stringify({ query, variables: { n: 100 } }),
    });
    const { errors, data, extensions } = (await response.json()) as {
      errors?: unknown[];
      data?: unknown;
      extensions: { cost: { requested: number; limit: number } };
    };
    expect(extensions).toEqual({ cost: { requested: expect.any(Number), limit: 50_000 } });
    const counted = extensions.cost.requested;
    // A spread of a fragment counts as one field more.
    expect(counted - requested).toBe(query.includes('...') ? 1 : 0);
    if (counted <= 50_000) expect(data).toHaveProperty('runs');
    else
      expect(errors).toMatchObject([
        { extensions: { code: 'INVALID', reason: 'query_too_expensive', details: extensions.cost } },
      ]);
  });

  it('refuse doubled fragments for their cost, without walking through them all', async () => {
    const query = `{ viewer { ...f0 } } ${doubled} fragment f26 on Viewer { roles }`;
    const started = Date.now();
    const { errors } = await api.graphql({ query }, world.keys.owner);
    expect(errors[0]?.extensions).toMatchObject({ code: 'INVALID', reason: 'query_too_expensive' });
    expect(Date.now() - started).toBeLessThan(2_000);
  });

  it('refuse too many tokens', async () => {
    const { errors } = await api.graphql({ query: `{ ${'a '.repeat(2_100)} }` });
    expect(errors[0]?.message).toContain('2000 tokens');
  });

  it('give at most five errors, and say that there are more', async () => {
    const { errors } = await api.graphql({
      query: `{ viewer { ${Array.from({ length: 30 }, (_, i) => `no${i}`).join(' ')} } }`,
    });
    expect(errors).toHaveLength(6);
    expect(errors[5]?.message).toMatch(/too many validation errors/i);
  });

  it('let a whole run query through', async () => {
    const query = `query Run($id: ID!) { run(id: $id) { id status workflow { id name } version hash input output
      error { code message stepId path details } startedBy { kind name } createdAt startedAt finishedAt response { status headers body }
      steps { path stepId kind status attempt startedAt finishedAt input output error { code message stepId path details } waitingFor until }
      events(first: 1000) { sequence at path stepId kind attempt data } } }`;
    const { errors } = await api.graphql({ query, variables: { id: world.ids.run } }, world.keys.viewer);
    expect(errors).toEqual([]);
  });

  it('let the introspection query of tools through, but not in production', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    const query = getIntrospectionQuery();
    expect((await api.graphql({ query })).errors).toEqual([]);
    const { errors } = await hidden.graphql({ query });
    expect(errors[0]?.extensions.code).toBe('INVALID');
    expect(errors[0]?.message).toContain('introspection');
  });
});

describe('errors of a request', () => {
  it.each([
    ['{ nope }', 'nope'],
    ['{ viewer { nope } }', 'nope'],
    ['{ run(id: "x", nope: 1) { id } }', 'nope'],
    ['{ run { id } }', 'id'],
    ['{ runs(first: "ten") { edges { cursor } } }', 'first'],
    ['mutation { startRun(input: { input: {} }) { id } }', 'workflowId'],
    ['mutation { startRun(input: { workflowId: "x", version: "one" }) { id } }', 'version'],
    [
      'mutation { decideApproval(input: { approvalId: "x", planHash: "y", decision: MAYBE }) { id } }',
      'decision',
    ],
    ['query ($id: ID!) { run(id: $id) { id } }', 'id'],
    ['mutation { createWorkflow(input: { name: "\\u0000" }) { id } }', 'name'],
  ])('name the field: %s', async (query, field) => {
    const { errors } = await api.graphql({ query }, world.keys.owner);
    expect(errors[0]?.extensions).toMatchObject({ code: 'INVALID', details: { field } });
  });

  it('never repeat a value, which may be a secret', async () => {
    const query = 'mutation ($input: CreateConnectionInput!) { createConnection(input: $input) { id } }';
    const input = { name: 'a', kind: 'NOPE', settings: {}, secrets: { bearer: 'canary-secret' } };
    const { errors } = await api.graphql({ query, variables: { input } }, world.keys.owner);
    expect(JSON.stringify(errors)).not.toContain('canary');
    expect(errors[0]?.message).toMatch(/^kind: /);
    expect(api.logged.join('')).not.toContain('canary');
  });

  it.each([
    ['query ($first: Int) { runs(first: $first) { edges { cursor } } }', { first: 'canary-text' }],
    ['query ($id: ID!) { run(id: $id) { id } }', { id: { canary: 1 } }],
    ['{ runs(first: "canary-text") { edges { cursor } } }', {}],
  ])('never repeat one in a text about its type: %s', async (query, variables) => {
    const { errors } = await api.graphql({ query, variables }, world.keys.owner);
    expect(errors[0]?.message).toMatch(/cannot represent/);
    expect(JSON.stringify(errors)).not.toContain('canary');
  });

  it('suggest names, but not in production', async () => {
    expect((await api.graphql({ query: '{ viewr { roles } }' })).errors[0]?.message).toContain(
      'Did you mean',
    );
    const { errors } = await hidden.graphql({ query: '{ viewr { roles } }' });
    expect(errors[0]?.message).toBe('Cannot query field "viewr" on type "Query".');
  });
});

describe('errors of ours', () => {
  it('are masked, with an id by which the log has them whole', async () => {
    const { database } = api.house;
    const real = database.withTenant;
    Object.assign(database, {
      withTenant: () => Promise.reject(new Error('SELECT secret_column FROM users: canary failure')),
    });
    const answer = await api.graphql({ query: '{ members { pageInfo { hasNextPage } } }' }, world.keys.owner);
    Object.assign(database, { withTenant: real });
    const { requestId, ...extensions } = answer.errors[0]?.extensions ?? {};
    expect(answer.status).toBe(200);
    expect(extensions).toEqual({ code: 'INTERNAL', reason: 'unexpected', details: null });
    expect(answer.errors[0]?.message).toBe(
      `Something went wrong on our side. Quote this id when you ask for help: ${String(requestId)}`,
    );
    const line = api.logged.find((one) => one.includes(String(requestId)) && one.includes('canary failure'));
    expect(line).toContain('errors.resolver.test.ts');
  });

  it('say so when the database is away', async () => {
    const { database } = api.house;
    const real = database.lookup.apiKey;
    const away = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' });
    Object.assign(database.lookup, { apiKey: () => Promise.reject(away) });
    const { errors } = await api.graphql({ query: '{ viewer { roles } }' }, world.keys.owner);
    Object.assign(database.lookup, { apiKey: real });
    expect(errors[0]?.extensions).toMatchObject({ code: 'INTERNAL', reason: 'database_unavailable' });
    expect(errors[0]?.message).toContain('Try again in a minute');
  });
});

describe('the log', () => {
  it('has one line for a request: who, what, how long, how it ended; no values', async () => {
    api.logged.length = 0;
    const query = 'query Mine($id: ID!) { run(id: $id) { id } }';
    const { headers } = await api.graphql({ query, variables: { id: 'canary-value' } }, world.keys.viewer);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(api.logged).toHaveLength(1);
    expect(JSON.parse(api.logged[0] ?? '')).toMatchObject({
      level: 'info',
      requestId: headers.get('x-request-id'),
      tenantId: world.tenant.tenantId,
      operation: 'query.run',
      operationName: 'Mine',
      code: 'INVALID',
      status: 200,
      ms: expect.any(Number),
    });
    expect(api.logged[0]).not.toContain('canary');
    expect(api.logged[0]).not.toContain(world.keys.viewer);
  });
});
