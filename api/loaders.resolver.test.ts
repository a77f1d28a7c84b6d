import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeWorld, type World } from './testing/world.ts';
import { newRun, step } from './testing/sockets.ts';
import { openTestApi, type TestApi } from './testing/api.ts';

let api: TestApi;
let world: World;
beforeAll(async () => {
  api = await openTestApi();
  world = await makeWorld(api);
  for (let i = 0; i < 5; i += 1) {
    const run = await newRun(api, world);
    await run.open();
    await run.close(step(0, 'STARTED'), step(1, 'SUCCEEDED'));
  }
});
afterAll(() => api.close());

describe('the number of database questions', () => {
  it('does not grow with the page: the steps of all runs are read at once', async () => {
    const { database } = api.house;
    const real = database.withTenant.bind(database);
    let transactions = 0;
    Object.assign(database, {
      withTenant: (...args: Parameters<typeof real>) => {
        transactions += 1;
        return real(...args);
      },
    });
    const query = '{ runs(first: 50) { edges { node { id input output steps { path input output } } } } }';
    const { errors } = await api.graphql({ query }, world.keys.viewer);
    Object.assign(database, { withTenant: real });
    expect(errors).toEqual([]);
    // Sign-in, the page, the steps.
    expect(transactions).toBe(3);
  });
});
