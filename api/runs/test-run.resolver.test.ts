import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestApi, type TestApi } from '../testing/api.ts';
import { makeWorld, type World } from '../testing/world.ts';

let api: TestApi;
let world: World;
beforeAll(async () => {
  api = await openTestApi();
  world = await makeWorld(api);
});
afterAll(() => api.close());

const START = `mutation ($input: StartTestRunInput!) { startTestRun(input: $input) {
  id status trigger version test { pins until only vars unpinnedEffects } } }`;
const LIST =
  'query ($filter: RunFilter) { runs(first: 50, filter: $filter) { edges { node { id test { until } } } } }';

async function ask(query: string, variables: Record<string, unknown>) {
  const { data, errors } = await api.graphql({ query, variables }, world.keys.owner);
  expect(errors).toEqual([]);
  return data as Record<string, Record<string, unknown>>;
}

describe('startTestRun', () => {
  it('makes a run of the draft that says what it is, and that the list of runs can tell apart', async () => {
    const input = {
      ...{ workflowId: world.ids.workflow, input: { name: 'Ada' }, idempotencyKey: 'one' },
      ...{ pins: { hello: { output: 1 } }, until: 'hello' },
    };
    const { startTestRun } = await ask(START, { input });
    expect(startTestRun).toMatchObject({
      ...{ trigger: 'test', version: 0 },
      test: { pins: input.pins, until: 'hello', only: null, vars: {}, unpinnedEffects: 'FAIL' },
    });
    expect((await ask(START, { input }))['startTestRun']?.['id']).toBe(startTestRun?.['id']);
    const idsOf = async (filter: object | null) =>
      ((await ask(LIST, { filter }))['runs']?.['edges'] as { node: { id: string } }[]).map(
        ({ node }) => node.id,
      );
    const id = startTestRun?.['id'];
    expect(await idsOf({ test: true })).toEqual([id]);
    const others = await idsOf({ test: false });
    expect(others).not.toContain(id);
    expect(others).toContain(world.ids.run);
    expect(await idsOf(null)).toEqual(expect.arrayContaining([id, world.ids.run]));
  });

  it('names every step that is not there', async () => {
    const input = { workflowId: world.ids.workflow, pins: { nowhere: { output: 1 } }, until: 'never' };
    const { errors } = await api.graphql({ query: START, variables: { input } }, world.keys.owner);
    expect(errors[0]?.extensions).toMatchObject({
      ...{ code: 'INVALID', reason: 'test_invalid' },
      details: { field: 'pins.nowhere', issues: [{ field: 'pins.nowhere' }, { field: 'until' }] },
    });
  });
});
