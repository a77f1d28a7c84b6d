import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { approvalActivities, decideApproval } from '../activities/approvals/index.ts';
import { approvalRequest } from '../activities/approvals/testing.ts';
import { createWorkflow } from '../activities/definitions/index.ts';
import { publishWorkflow } from '../activities/publishing/index.ts';
import { DEFINITION, makeWorld, type World } from './testing/world.ts';
import { newRun, step } from './testing/sockets.ts';
import { openTestApi, type TestApi } from './testing/api.ts';

const PAGE = 50;
let api: TestApi;
let world: World;
beforeAll(async () => {
  api = await openTestApi();
  world = await makeWorld(api);
  const owner = world.tenant.as('owner');
  for (let i = 0; i < PAGE; i += 1) {
    const run = await newRun(api, world);
    await run.open();
    await run.close(step(0, 'STARTED'), step(1, 'SUCCEEDED'), step(2, 'STARTED', 'b'));
    const { id } = await createWorkflow(owner, { name: `Flow ${i}`, definition: DEFINITION });
    await publishWorkflow(owner, { workflowId: id });
    const request = approvalRequest(world.tenant, { class: 'B' });
    await approvalActivities(api.house.platform).requestApproval({ request });
    const { approvalId, planHash } = request;
    if (i % 2 === 0)
      await decideApproval(world.tenant.as('finance'), { approvalId, decision: 'APPROVE', planHash });
  }
}, 60_000);
afterAll(() => api.close());

/** What was sent to PostgreSQL meanwhile, without what every transaction begins and ends with. */
async function statementsOf(query: string): Promise<{ statements: string[]; nodes: number }> {
  const sent: string[] = [];
  const real = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  const spy = jest.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
    this: pg.Client,
    ...args: unknown[]
  ) {
    const [first] = args as [string | { text?: string }];
    sent.push((typeof first === 'string' ? first : (first?.text ?? '')).replace(/\s+/g, ' ').trim());
    return real.apply(this, args);
  });
  const { errors, data } = await api.graphql({ query }, world.keys.viewer).finally(() => spy.mockRestore());
  expect(errors).toEqual([]);
  const [list] = Object.values(data ?? {}) as [{ edges: unknown[] }];
  const statements = sent.filter((text) => !/^(BEGIN|COMMIT|SELECT set_config)/i.test(text));
  return { statements, nodes: list.edges.length };
}

describe(`a page of ${PAGE}`, () => {
  // Signing in takes two: the tenant of the key by its hash, then the key with its person.
  it.each<[string, string]>([
    [
      'runs with their steps, starter and workflow',
      `{ runs(first: ${PAGE}) { edges { node { id input output startedBy { name email } workflow { id name }
         steps { path status input output error { code } } } } } }`,
    ],
    [
      'approvals with their decisions and people',
      `{ approvals(first: ${PAGE}) { edges { node { id status requester { name } canDecide whyNot { reason }
         decisions { decision reason person { name email } onBehalfOf { name } } } } } }`,
    ],
    [
      'workflows with their drafts and versions',
      `{ workflows(first: ${PAGE}) { edges { node { id name createdBy { name } draft { hash definition savedBy { name }
         issues { code } } versions(first: 5) { edges { node { number note publishedBy { name } changes { path } } } } } } } }`,
    ],
  ])('of %s takes at most 8 statements', async (what, query) => {
    const warm = await api.graphql({ query: '{ viewer { roles } }' }, world.keys.viewer);
    expect(warm.errors).toEqual([]);
    const { statements, nodes } = await statementsOf(query);
    console.log(`SQL statements for ${nodes} ${what}: ${statements.length}`);
    expect(nodes).toBe(PAGE);
    expect({ statements, few: statements.length <= 8 }).toEqual({ statements, few: true });
    expect(statements.length).toBeGreaterThan(2);
  });
});
