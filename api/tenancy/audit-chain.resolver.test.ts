import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { openTestApi, type TestApi } from '../testing/api.ts';
import { makeWorld, type World } from '../testing/world.ts';

let api: TestApi;
let world: World;
let owner: pg.Client;
beforeAll(async () => {
  api = await openTestApi();
  world = await makeWorld(api);
  // The role that owns the tables, and could switch the trigger off.
  owner = new pg.Client({ connectionString: api.house.test.adminUrl });
  await owner.connect();
  await owner.query('SET ROLE levqor_owner');
  await owner.query('ALTER TABLE audit_event DISABLE TRIGGER append_only');
  await owner.query('RESET ROLE');
});
afterAll(async () => {
  await owner.end();
  await api.close();
});

const chain = async () => {
  const query = '{ auditChain { valid checked brokenAt } }';
  const { data, errors } = await api.graphql({ query }, world.keys.security);
  expect(errors).toEqual([]);
  return data?.['auditChain'];
};

describe('auditChain', () => {
  it('is valid as long as nobody changed a row; then it names the first changed one', async () => {
    const { rows } = await owner.query<{ n: string }>(
      'SELECT count(*) AS n FROM audit_event WHERE tenant_id = $1',
      [world.tenant.tenantId],
    );
    const checked = Number(rows[0]?.n);
    expect(checked).toBeGreaterThan(3);
    expect(await chain()).toEqual({ valid: true, checked, brokenAt: null });
    await owner.query(
      `UPDATE audit_event SET actor = jsonb_set(actor, '{name}', '"Somebody else"') WHERE tenant_id = $1 AND sequence = 3`,
      [world.tenant.tenantId],
    );
    expect(await chain()).toEqual({ valid: false, checked, brokenAt: 3 });
  });
});
