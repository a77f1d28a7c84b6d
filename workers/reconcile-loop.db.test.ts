import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger } from '../activities/log.ts';
import { createWorkflow } from '../activities/definitions/index.ts';
import { openTestHouse, type TestHouse } from '../activities/testing.ts';
import { reconcileLoop } from './reconcile-loop.ts';
import { until } from './testing/until.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

describe('the loop of a worker', () => {
  it('forgets idempotency keys that are too old, beside comparing runs, until it is ended', async () => {
    const tenant = await house.newTenant();
    const { tenantId } = tenant;
    await createWorkflow(tenant.as('owner'), { name: 'Old' }, 'old-key');
    await createWorkflow(tenant.as('owner'), { name: 'New' }, 'new-key');
    const keys = () =>
      house.database.withTenant(tenantId, async (db) => {
        const rows = await db.idempotencyKey.findMany({ where: { tenantId }, orderBy: { key: 'asc' } });
        return rows.map(({ key }) => key);
      });
    await house.database.withTenant(tenantId, (db) =>
      db.idempotencyKey.updateMany({
        where: { tenantId, key: 'old-key' },
        data: { createdAt: new Date(Date.now() - 25 * 3_600_000) },
      }),
    );
    expect(await keys()).toEqual(['new-key', 'old-key']);
    const end = new AbortController();
    const nothing = {
      listed: () => Promise.resolve(new Set<string>()),
      bulkGoesOn: () => Promise.resolve(true),
    };
    const running = reconcileLoop({
      ...{ database: house.database, dispatcher: house.platform.dispatcher, signal: end.signal },
      log: createLogger({ level: 'silent', pretty: false }),
      look: { ...nothing, certain: () => Promise.resolve({ state: 'OPEN' }) },
    });
    await until('the old key to be gone', async () => (await keys()).length === 1);
    expect(await keys()).toEqual(['new-key']);
    end.abort();
    await running;
  });
});
