import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { openTestHouse, type TestHouse, type TestTenant } from '../testing.ts';
import { createApiKey, verifyAuditChain } from './index.ts';

let house: TestHouse;
let tenant: TestTenant;
let admin: pg.Client;

beforeAll(async () => {
  house = await openTestHouse();
  admin = new pg.Client({ connectionString: house.test.adminUrl });
  await admin.connect();
  await admin.query('ALTER TABLE audit_event DISABLE TRIGGER append_only');
});
beforeEach(async () => {
  tenant = await house.newTenant();
  for (const name of ['a', 'b', 'c', 'd']) await createApiKey(tenant.as('owner'), { name });
});
afterAll(async () => {
  await admin.end();
  await house.close();
});

const verify = () => verifyAuditChain(tenant.as('security'), {});
const tamper = (sql: string) => admin.query(sql.replaceAll('$tenant', `'${tenant.tenantId}'`));

describe('verifyAuditChain', () => {
  it('finds an untouched chain intact, also after many writers at once', async () => {
    expect(await verify()).toEqual({ intact: true, length: 5, brokenAt: null });
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => createApiKey(tenant.as('owner'), { name: `n${i}` })),
    );
    expect(await verify()).toEqual({ intact: true, length: 25, brokenAt: null });
  });

  it.each([
    [
      'a changed action',
      `UPDATE audit_event SET action = 'harmless' WHERE tenant_id = $tenant AND sequence = 3`,
      3,
    ],
    [
      'a changed time',
      `UPDATE audit_event SET at = at + interval '1 ms' WHERE tenant_id = $tenant AND sequence = 2`,
      2,
    ],
    ['a changed actor', `UPDATE audit_event SET actor = '{}' WHERE tenant_id = $tenant AND sequence = 1`, 1],
    [
      'changed details',
      `UPDATE audit_event SET details = NULL WHERE tenant_id = $tenant AND sequence = 5`,
      5,
    ],
    ['an event taken out', `DELETE FROM audit_event WHERE tenant_id = $tenant AND sequence = 3`, 3],
    ['the first event taken out', `DELETE FROM audit_event WHERE tenant_id = $tenant AND sequence = 1`, 1],
    ['the last events cut off', `DELETE FROM audit_event WHERE tenant_id = $tenant AND sequence > 3`, 4],
    ['all events gone', `DELETE FROM audit_event WHERE tenant_id = $tenant`, 1],
    ['the head gone', `DELETE FROM audit_head WHERE tenant_id = $tenant`, 1],
    [
      'a changed event whose own hash was made to fit',
      `UPDATE audit_event SET action = 'harmless', hash = audit_link(previous, tenant_id, sequence, at, actor, 'harmless', target, request_id, details)
       WHERE tenant_id = $tenant AND sequence = 3`,
      4,
    ],
  ])('finds %s', async (_what, sql, brokenAt) => {
    await tamper(sql);
    expect(await verify()).toMatchObject({ intact: false, brokenAt });
  });
});

describe('the audit tables', () => {
  it('take no change from the application, and none from their owner either', async () => {
    for (const sql of [
      'UPDATE audit_event SET action = action',
      'DELETE FROM audit_event',
      'DELETE FROM audit_head',
    ])
      await expect(
        house.database.withTenant(tenant.tenantId, (db) => db.$executeRawUnsafe(sql)),
      ).rejects.toThrow(/permission denied/);
    await admin.query('ALTER TABLE audit_event ENABLE TRIGGER append_only');
    await expect(tamper(`DELETE FROM audit_event WHERE tenant_id = $tenant`)).rejects.toThrow('append-only');
    await admin.query('ALTER TABLE audit_event DISABLE TRIGGER append_only');
  });
});
