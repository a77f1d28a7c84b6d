import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { TenantId } from '../workflows/ids.ts';
import { openDatabase, type Database } from './database.ts';
import { testDatabase, type TestDatabase } from './testing.ts';

let test: TestDatabase;
let database: Database;
let admin: pg.Client;
let app: pg.Client;

beforeAll(async () => {
  test = await testDatabase();
  database = openDatabase(test.appUrl);
  admin = new pg.Client({ connectionString: test.adminUrl });
  app = new pg.Client({ connectionString: test.appUrl });
  await Promise.all([admin.connect(), app.connect()]);
});
afterAll(async () => {
  await Promise.all([database.close(), admin.end(), app.end()]);
  await test.close();
});

interface Table {
  name: string;
  hasTenant: boolean;
  enabled: boolean;
  forced: boolean;
  policies: string[];
}

async function tables(): Promise<Table[]> {
  const { rows } = await admin.query<Table>(`
    SELECT c.relname AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
      EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped) AS "hasTenant",
      ARRAY(SELECT pg_get_expr(p.polqual, p.polrelid) || ' / ' || COALESCE(pg_get_expr(p.polwithcheck, p.polrelid), '')
            FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'tenant') AS policies
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'm', 'f')
      AND c.relname <> '_prisma_migrations' ORDER BY 1`);
  return rows;
}

/** A row of nonsense that fits the types of a table: only row-level security or a missing right can refuse it. */
async function nonsenseInsert(table: string, tenantId: string): Promise<string> {
  const { rows } = await admin.query<{ name: string; type: string }>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type
     FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
    [`public.${table}`],
  );
  const values = rows.map(({ name, type }) =>
    name === 'tenant_id' ? `'${tenantId}'::uuid` : nonsenseOf(type),
  );
  return `INSERT INTO ${table} (${rows.map(({ name }) => `"${name}"`).join(', ')}) VALUES (${values.join(', ')})`;
}

function nonsenseOf(type: string): string {
  if (type === 'uuid') return 'gen_random_uuid()';
  if (type === 'jsonb') return `'{}'::jsonb`;
  if (type === 'bytea') return `sha256(gen_random_uuid()::text::bytea)`;
  if (type.endsWith('[]')) return `'{}'`;
  if (type.startsWith('timestamp')) return 'now()';
  return type === 'text' ? 'gen_random_uuid()::text' : '1';
}

describe('every table', () => {
  it('with a tenant has row-level security, enabled and forced, by the tenant of the transaction', async () => {
    const found = await tables();
    expect(found.length).toBeGreaterThan(15);
    for (const { name, hasTenant, enabled, forced, policies } of found) {
      expect({ name, enabled, forced }).toEqual({ name, enabled: true, forced: true });
      if (hasTenant)
        expect({ name, policies }).toEqual({
          name,
          policies: ['(tenant_id = current_tenant()) / (tenant_id = current_tenant())'],
        });
    }
    expect(found.filter(({ hasTenant }) => !hasTenant).map(({ name }) => name)).toEqual([
      'lease',
      'person',
      'sign_in_link',
      'web_session',
    ]);
  });

  it('shows nothing, takes nothing and changes nothing without a tenant or for another one', async () => {
    const [mine, other] = [randomUUID(), randomUUID()];
    for (const { name, hasTenant } of await tables()) {
      if (!hasTenant) continue;
      await admin.query('SET session_replication_role = replica');
      await admin.query(await nonsenseInsert(name, mine));
      await admin.query('SET session_replication_role = DEFAULT');
      for (const tenant of ['', other]) {
        await app.query(`SELECT set_config('app.tenant_id', $1, false)`, [tenant]);
        expect((await app.query(`SELECT * FROM ${name}`)).rows).toEqual([]);
        await expect(app.query(await nonsenseInsert(name, mine))).rejects.toMatchObject({ code: '42501' });
        for (const change of [`DELETE FROM ${name}`, `UPDATE ${name} SET tenant_id = tenant_id`])
          expect(await rowsChanged(change)).toBe(0);
      }
      const { rows } = await admin.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${name}`);
      expect({ name, rows: rows[0]?.n }).toEqual({ name, rows: 1 });
      await app.query(`SELECT set_config('app.tenant_id', $1, false)`, [mine]);
      expect((await app.query(`SELECT * FROM ${name}`)).rowCount).toBe(1);
      await expect(moveTo(name, other)).rejects.toMatchObject({ code: '42501' });
    }
    await app.query('RESET app.tenant_id');
  });
});

/** The number of rows, where a missing right counts as none. */
async function rowsChanged(sql: string): Promise<number | null> {
  try {
    return (await app.query(sql)).rowCount;
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === '42501') return 0;
    throw error;
  }
}

function moveTo(table: string, tenantId: string): Promise<unknown> {
  return app.query(`UPDATE ${table} SET tenant_id = '${tenantId}'`);
}

describe('the application', () => {
  it('is no owner, no superuser, and bound by row-level security', async () => {
    const { rows } = await admin.query(`
      SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
        EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid) AS owns,
        EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid) AS member_of_others
      FROM pg_roles r WHERE rolname = 'levqor_app'`);
    expect(rows).toEqual([
      {
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        owns: false,
        member_of_others: false,
      },
    ]);
    const { rows: session } = await app.query('SELECT current_user AS name');
    expect(session).toEqual([{ name: 'levqor_app' }]);
  });

  it('cannot switch row-level security or the append-only triggers off', async () => {
    for (const sql of [
      'ALTER TABLE run DISABLE ROW LEVEL SECURITY',
      'ALTER TABLE audit_event DISABLE TRIGGER ALL',
      'SET session_replication_role = replica',
      'SET ROLE levqor_lookup',
      'DROP POLICY tenant ON run',
      'TRUNCATE audit_event',
    ])
      await expect(app.query(sql)).rejects.toMatchObject({ code: '42501' });
  });
});

describe('withTenant', () => {
  it('refuses a tenant transaction inside another', async () => {
    const [one, two] = [randomUUID() as TenantId, randomUUID() as TenantId];
    for (const inner of [one, two])
      await expect(
        database.withTenant(one, () => database.withTenant(inner, () => Promise.resolve(1))),
      ).rejects.toThrow('open already');
  });

  it('never leaks between 200 simultaneous transactions of 20 tenants, some of which fail', async () => {
    const tenants = Array.from({ length: 20 }, () => randomUUID() as TenantId);
    for (const tenantId of tenants)
      await database.withTenant(tenantId, (db) =>
        db.tenant.createMany({ data: [{ id: tenantId, slug: tenantId, name: tenantId }] }),
      );
    const work = Array.from({ length: 200 }, async (_, i) => {
      const tenantId = tenants[i % 20] ?? ('' as TenantId);
      const other = tenants[(i + 1) % 20] ?? '';
      return database.withTenant(tenantId, async (db) => {
        await db.member.count();
        const foreign = await db.tenant.findUnique({ where: { id: other } });
        const visible = await db.tenant.findMany();
        if (i % 7 === 0) throw new Error('on purpose');
        return { foreign, visible: visible.map(({ id }) => id), tenantId };
      });
    });
    const results = await Promise.allSettled(work);
    for (const result of results)
      if (result.status === 'fulfilled')
        expect(result.value).toMatchObject({ foreign: null, visible: [result.value.tenantId] });
      else expect(result.reason).toMatchObject({ message: 'on purpose' });
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(29);
  }, 60_000);
});

describe('the look-ups without a tenant', () => {
  it('belong to levqor_lookup and give ids, counts and yes or no, and to a person their own sessions', async () => {
    const { rows } = await admin.query<{ name: string; result: string }>(`
      SELECT p.proname AS name, pg_get_function_result(p.oid) AS result FROM pg_proc p
      WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace AND p.proname <> 'audit_append'
        AND pg_get_userbyid(p.proowner) = 'levqor_lookup' ORDER BY 1`);
    expect(rows).toEqual([
      { name: 'due_outbox', result: 'TABLE(tenant_id uuid, id uuid)' },
      { name: 'end_web_sessions', result: 'integer' },
      { name: 'find_api_key', result: 'TABLE(tenant_id uuid, id uuid)' },
      { name: 'find_approval_link', result: 'TABLE(tenant_id uuid, id uuid)' },
      { name: 'find_tenant', result: 'uuid' },
      { name: 'find_webhook', result: 'TABLE(tenant_id uuid, id uuid)' },
      { name: 'keep_sign_in_link', result: 'uuid' },
      {
        name: 'list_web_sessions',
        result:
          'TABLE(id uuid, user_agent text, network text, created_at timestamp with time zone, seen_at timestamp with time zone, expires_at timestamp with time zone)',
      },
      { name: 'open_bulk_reruns', result: 'TABLE(tenant_id uuid, id uuid)' },
      { name: 'open_demo_session', result: 'uuid' },
      { name: 'open_runs', result: 'TABLE(tenant_id uuid, id uuid)' },
      { name: 'take_lease', result: 'boolean' },
      { name: 'tenants_of_person', result: 'TABLE(tenant_id uuid)' },
      { name: 'tenants_with_old_keys', result: 'TABLE(tenant_id uuid)' },
      { name: 'use_sign_in_link', result: 'uuid' },
      { name: 'web_session_holds', result: 'boolean' },
    ]);
  });
});
