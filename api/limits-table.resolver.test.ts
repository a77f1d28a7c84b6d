import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MAX_PAGE } from '../activities/page.ts';
import { DEFINITION_LIMITS } from '../workflows/definitions/model.ts';
import { BODY_LIMIT } from './graphql-http.ts';
import { DOCUMENT_LIMITS } from './limits.ts';
import { openTestApi, type TestApi } from './testing/api.ts';
import { makeWorld, type World } from './testing/world.ts';

// The limits as somebody outside meets them: the largest that passes, and the first that does not. Those of a run are
// shown beside the engine: 10,000 items in workflows/runs/kinds.workflow.test.ts, values outside the history and of
// 50 MB in activities/runs/stored-values.db.test.ts, the size of histories in workflows/runs/long-runs.workflow.test.ts.
let api: TestApi;
let world: World;
beforeAll(async () => {
  api = await openTestApi();
  world = await makeWorld(api);
});
afterAll(() => api.close());

type Json = Record<string, unknown>;
const note = (id: string, value: unknown = 1): Json => ({ id, kind: 'transform', with: { value } });
const flow = (...steps: Json[]): Json => ({ flow: 'v1', steps });
const ids = (count: number) => Array.from({ length: count }, (_, i) => `s${i}`);

/** Steps inside each other, of the kind that nests its JSON deepest. */
function nested(depth: number): Json {
  const inside = depth === 1 ? note('leaf') : nested(depth - 1);
  if (depth === 1) return inside;
  return { id: `b${depth}`, kind: 'branch', cases: [{ when: '{{ true }}', steps: [inside] }], otherwise: [] };
}

const parallel = (width: number): Json => ({
  ...{ id: 'wide', kind: 'parallel' },
  branches: ids(width).map((id) => ({ id: `branch-${id}`, steps: [note(id)] })),
});
const each = (concurrency: number): Json => ({
  ...{ id: 'each', kind: 'forEach', items: '{{ input }}', as: 'item', concurrency, steps: [note('inner')] },
});
const loop = (maxIterations: number): Json => ({
  ...{ id: 'loop', kind: 'while', condition: '{{ false }}', maxIterations, steps: [note('inner')] },
});

const VALIDATE =
  'query ($definition: JSON!) { validateDefinition(definition: $definition) { code message } }';
async function issuesOf(definition: Json) {
  const { data, errors } = await api.graphql(
    { query: VALIDATE, variables: { definition } },
    world.keys.builder,
  );
  expect(errors).toEqual([]);
  return (data?.['validateDefinition'] ?? []) as { code: string; message: string }[];
}

const { steps, depth, parallelWidth, forEachConcurrency, whileIterations, bytes } = DEFINITION_LIMITS;

describe('a definition', () => {
  it.each<[string, number, (size: number) => Json, string, RegExp]>([
    ['steps', steps, (n) => flow(...ids(n).map((id) => note(id))), 'TOO_MANY_STEPS', /1001 steps; 1000 are/],
    ['steps inside each other', depth, (n) => flow(nested(n)), 'NESTED_TOO_DEEP', /nested 20 deep/],
    ['branches side by side', parallelWidth, (n) => flow(parallel(n)), 'PARALLEL_TOO_WIDE', /At most 200/],
    ['items at a time', forEachConcurrency, (n) => flow(each(n)), 'PARALLEL_TOO_WIDE', /At most 200 items/],
    ['rounds of a loop', whileIterations, (n) => flow(loop(n)), 'LOOP_TOO_LONG', /at most 100000 rounds/],
  ])('may have so many %s: %d', async (_, most, make, code, message) => {
    expect(await issuesOf(make(most))).toEqual([]);
    const found = await issuesOf(make(most + 1));
    expect(found.map((issue) => issue.code)).toEqual([code]);
    expect(found[0]?.message).toMatch(message);
  });

  it('that is over a limit may be a draft, but is not published', async () => {
    const create = 'mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id } }';
    const input = { name: 'Too wide', definition: flow(parallel(parallelWidth + 1)) };
    const { data } = await api.graphql({ query: create, variables: { input } }, world.keys.builder);
    const { id } = data?.['createWorkflow'] as { id: string };
    const publish = 'mutation ($id: ID!) { publishWorkflow(input: { workflowId: $id }) { id } }';
    const { errors } = await api.graphql({ query: publish, variables: { id } }, world.keys.builder);
    expect(errors[0]?.extensions).toMatchObject({
      code: 'INVALID',
      reason: 'definition_invalid',
      details: { issues: [{ code: 'PARALLEL_TOO_WIDE' }] },
    });
  });

  it('may have a megabyte', async () => {
    const empty = JSON.stringify(flow(note('a', '')));
    const sized = (size: number) => flow(note('a', 'x'.repeat(size - empty.length)));
    expect(await issuesOf(sized(bytes))).toEqual([]);
    const { errors } = await api.graphql(
      { query: VALIDATE, variables: { definition: sized(bytes + 1) } },
      world.keys.builder,
    );
    expect(errors[0]?.extensions).toMatchObject({ code: 'INVALID', details: { field: 'definition' } });
    expect(errors[0]?.message).toContain(`at most ${bytes} bytes`);
  });
});

describe('a request', () => {
  const answerTo = async (body: string) => {
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${world.keys.viewer}` },
      body,
    });
    const { errors = [] } = (await response.json()) as {
      errors?: { message: string; extensions: Json }[];
    };
    return { status: response.status, errors };
  };
  const query = (text: string) => JSON.stringify({ query: text });
  const padded = (size: number) => {
    const empty = JSON.stringify({ query: '{__typename}', variables: { a: '' } });
    return JSON.stringify({ query: '{__typename}', variables: { a: 'x'.repeat(size - empty.length) } });
  };
  const aliases = (count: number) =>
    query(
      `{ ${ids(count)
        .map((id) => `${id}: __typename`)
        .join(' ')} }`,
    );
  // `{ a a … }`, of which the name counts as one token and the braces as two.
  const tokens = (count: number) =>
    query(`{ ${'__typename '.repeat(15)} ${'... { __typename } '.repeat((count - 17) / 4)} }`);
  const over = (limit: string) => ({
    code: 'LIMIT_EXCEEDED',
    reason: 'query_too_large',
    details: { limit, max: DOCUMENT_LIMITS[limit as 'aliases'] },
  });

  it.each<[string, string, string, number, Json]>([
    [
      'bytes',
      padded(BODY_LIMIT),
      padded(BODY_LIMIT + 1),
      413,
      { code: 'LIMIT_EXCEEDED', reason: 'body_too_large' },
    ],
    [
      'characters of a document',
      query(`{__typename}${' '.repeat(DOCUMENT_LIMITS.characters - 12)}`),
      query(`{__typename}${' '.repeat(DOCUMENT_LIMITS.characters - 11)}`),
      400,
      over('characters'),
    ],
    ['aliases', aliases(15), aliases(16), 200, over('aliases')],
    [
      'operations',
      query(`{ ${'__typename '.repeat(15)} }`),
      query(`{ ${'__typename '.repeat(16)} }`),
      200,
      over('rootFields'),
    ],
    [
      'directives',
      query(`{ __typename ${'@include(if: true) '.repeat(1)} }`),
      query(`{ __typename ${'@include(if: true) '.repeat(21)} }`),
      200,
      over('directives'),
    ],
    [
      'items on a page',
      query(`{ runs(first: ${MAX_PAGE}) { edges { cursor } } }`),
      query(`{ runs(first: ${MAX_PAGE + 1}) { edges { cursor } } }`),
      200,
      { code: 'INVALID', details: { field: 'first' } },
    ],
  ])('may have so many %s', async (_, most, more, status, refusal) => {
    expect(await answerTo(most)).toEqual({ status: 200, errors: [] });
    const refused = await answerTo(more);
    expect([refused.status, refused.errors[0]?.extensions]).toMatchObject([status, refusal]);
  });

  it('may have so many tokens', async () => {
    expect((await answerTo(tokens(DOCUMENT_LIMITS.tokens + 41))).errors[0]?.message).toContain('2000 tokens');
    const [error] = (await answerTo(tokens(1_001))).errors;
    expect(error?.message ?? '').not.toContain('tokens');
  });

  it('may nest fields so deep', async () => {
    const nest = (deep: number): string => (deep === 0 ? 'name' : `ofType { ${nest(deep - 1)} }`);
    const types = (deep: number) => query(`{ __type(name: "Run") { ${nest(deep)} } }`);
    expect((await answerTo(types(13))).errors).toEqual([]);
    expect((await answerTo(types(14))).errors[0]?.extensions).toMatchObject(over('depth'));
  });
});
