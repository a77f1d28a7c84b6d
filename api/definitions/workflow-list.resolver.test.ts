import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { createWorkflow } from '../../activities/definitions/index.ts';
import type { TestTenant } from '../../activities/testing.ts';
import { openTestApi, type TestApi } from '../testing/api.ts';

const MANY = 2_000;
const PAGE = 50;
const AT_ONCE = 20;
const MAX_BYTES = 50_000;
const MAX_STATEMENTS = 5;

/** As the page of workflows asks: `web/src/features/workflows/loaders.ts`. */
const QUERY = `query Workflows($first: Int!, $after: String, $filter: WorkflowFilter) {
  workflows(first: $first, after: $after, filter: $filter) {
    edges { node { id name version updatedAt createdBy { name } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

let api: TestApi;
let tenant: TestTenant;
let key: string;
beforeAll(async () => {
  api = await openTestApi();
  tenant = await api.house.newTenant();
  key = await api.keyOf(tenant, 'viewer');
  const owner = tenant.as('owner');
  for (let made = 0; made < MANY; made += AT_ONCE)
    await Promise.all(
      Array.from({ length: AT_ONCE }, (_, i) => createWorkflow(owner, { name: `Workflow no. ${made + i}` })),
    );
}, 120_000);
afterAll(() => api.close());

interface Page {
  edges: { node: { id: string; name: string } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}

/** A page with what it cost: its size, and what was sent to PostgreSQL besides the frame of each transaction. */
async function pageOf(variables: object): Promise<{ page: Page; bytes: number; statements: string[] }> {
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
  const { data, errors } = await api
    .graphql({ query: QUERY, variables: { first: PAGE, ...variables } }, key)
    .finally(() => spy.mockRestore());
  expect(errors).toEqual([]);
  const statements = sent.filter((text) => !/^(BEGIN|COMMIT|SELECT set_config)/i.test(text));
  const { workflows: page } = data as { workflows: Page };
  return { page, bytes: Buffer.byteLength(JSON.stringify(data)), statements };
}

describe(`${MANY} workflows`, () => {
  it.each<[string, object]>([
    ['the first page', {}],
    ['the first page of a search', { filter: { search: 'no. 1' } }],
  ])(
    `%s has at most ${MAX_BYTES} bytes and takes at most ${MAX_STATEMENTS} statements`,
    async (what, variables) => {
      await api.graphql({ query: '{ viewer { roles } }' }, key);
      const { page, bytes, statements } = await pageOf(variables);
      console.log(`${what} of ${MANY} workflows: ${bytes} bytes, ${statements.length} SQL statements`);
      expect(page.edges).toHaveLength(PAGE);
      expect(page.pageInfo.hasNextPage).toBe(true);
      expect(bytes).toBeLessThanOrEqual(MAX_BYTES);
      expect({ statements, few: statements.length <= MAX_STATEMENTS }).toEqual({ statements, few: true });
      expect(statements.length).toBeGreaterThan(2);
    },
  );

  it('are all reached, each once, page by page', async () => {
    const seen = new Set<string>();
    let after: string | null = null;
    do {
      const { page }: { page: Page } = await pageOf({ first: 100, after });
      for (const { node } of page.edges) seen.add(node.id);
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen.size).toBe(MANY);
  }, 60_000);
});
