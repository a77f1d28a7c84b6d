import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { migrate, schemaDrift } from './migrate.ts';
import { testDatabase, type TestDatabase } from './testing.ts';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await database.close();
});

describe('the migrations', () => {
  it('make just what the schema files say', async () => {
    expect(await schemaDrift(database.ownerUrl)).toBe('');
  });

  it('are applied once, also when two start together', async () => {
    await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    const [first, second] = await Promise.all([migrate(database.ownerUrl), migrate(database.ownerUrl)]);
    expect([first.applied.length, second.applied.length].sort()).toEqual([0, expect.any(Number)]);
    expect(first.applied.length + second.applied.length).toBeGreaterThan(0);
    expect(await migrate(database.ownerUrl)).toEqual({ applied: [] });
  });

  it('run again after one was cut off', async () => {
    await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    const { applied } = await migrate(database.ownerUrl);
    await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    await migrateUntilCutOff(applied[0] ?? '');
    expect(await migrate(database.ownerUrl)).toEqual({ applied });
  });
});

/** Leaves what a migrator leaves that is killed in its first file: the begun row and nothing else. */
async function migrateUntilCutOff(name: string): Promise<void> {
  await client.query(`CREATE TABLE _prisma_migrations (id VARCHAR(36) PRIMARY KEY, checksum VARCHAR(64) NOT NULL,
    finished_at TIMESTAMPTZ, migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`);
  await client.query("INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('1', '', $1)", [
    name,
  ]);
}

describe('schemaDrift', () => {
  it('gives the SQL for what the database lacks or has too much', async () => {
    await client.query('ALTER TABLE run ADD COLUMN surplus INT');
    expect(await schemaDrift(database.ownerUrl)).toContain('DROP COLUMN "surplus"');
  });
});
