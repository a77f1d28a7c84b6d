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

const RUN = `query ($id: ID!, $path: String!) { run(id: $id) { definition step(path: $path) {
  path status input output } } }`;
const read = (path: string) =>
  api.graphql({ query: RUN, variables: { id: world.ids.finishedRun, path } }, world.keys.viewer);

describe('a run', () => {
  it('tells what it runs, and of one step by its path', async () => {
    const { data, errors } = await read('hello');
    expect(errors).toEqual([]);
    expect(data).toEqual({
      run: {
        definition: { flow: 'v1', steps: [{ id: 'hello', kind: 'transform', with: { value: 1 } }] },
        step: { path: 'hello', status: 'SUCCEEDED', input: null, output: 1 },
      },
    });
  });

  it('has no step where it never came', async () => {
    expect(await read('nowhere[3]/never')).toMatchObject({ data: { run: { step: null } }, errors: [] });
  });

  it('refuses a path that can be none', async () => {
    const { errors } = await read(' ');
    expect(errors[0]?.extensions).toMatchObject({ code: 'INVALID', details: { field: 'path' } });
  });
});
