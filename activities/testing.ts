import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { openDatabase, type Database } from '../prisma/database.ts';
import { testDatabase, type TestDatabase } from '../prisma/testing.ts';
import { parseKeyring } from '../temporal/keyring.ts';
import { ROLES, type Role } from '../workflows/tenancy/model.ts';
import { permissionsOf } from '../workflows/tenancy/permissions.ts';
import type { Ctx, QueuedMessage } from './context.ts';
import { provisionTenant, type PersonSummary, type Platform } from './tenancy/index.ts';

/** A database of a test file's own, and what verbs need around it. */
export interface TestHouse {
  test: TestDatabase;
  database: Database;
  keyring: Ctx['keyring'];
  /** What every call shares: the doors of `Ctx`. */
  platform: Platform;
  /** What verbs handed over after their commit, oldest first. */
  dispatched: QueuedMessage[];
  /** A new organisation with one person of each role. */
  newTenant(): Promise<TestTenant>;
  close(): Promise<void>;
}

/** An organisation with one person of each role. */
export interface TestTenant {
  tenantId: Ctx['tenantId'];
  people: Record<Role, PersonSummary>;
  /** A call by the person of this role, or with other roles by that person. */
  as(role: Role, roles?: Role[]): Ctx;
  /** A call by a service key. */
  asService(roles: Role[]): Ctx;
}

/** A house with an organisation, and a connection as a superuser, past row-level security. */
export interface AdminHouse extends TestHouse {
  tenant: TestTenant;
  admin: pg.Client;
}

/** Opens such a house. Close it at the end of the file. */
export async function openAdminHouse(): Promise<AdminHouse> {
  const house = await openTestHouse();
  const admin = new pg.Client({ connectionString: house.test.adminUrl });
  await admin.connect();
  return {
    ...house,
    ...{ admin, tenant: await house.newTenant() },
    close: async () => {
      await admin.end();
      await house.close();
    },
  };
}

/** Opens a house on a fresh copy of the migrated database. Close it at the end of the file. */
export async function openTestHouse(): Promise<TestHouse> {
  const test = await testDatabase();
  const database = openDatabase(test.appUrl);
  const keyring = parseKeyring(`test:${randomBytes(32).toString('base64')}`);
  const dispatched: QueuedMessage[] = [];
  const platform: Platform = {
    database,
    keyring,
    launchStage: 'pre-launch',
    dispatcher: { dispatch: (messages: QueuedMessage[]) => void dispatched.push(...messages) },
  };
  return {
    test,
    database,
    keyring,
    platform,
    dispatched,
    newTenant: () => newTenant(platform),
    close: async () => {
      await database.close();
      await test.close();
    },
  };
}

async function newTenant(platform: Platform): Promise<TestTenant> {
  const slug = `t-${randomUUID()}`;
  const { tenantId, people } = await provisionTenant(platform, {
    slug,
    name: 'Test organisation',
    people: ROLES.map((role) => ({ email: `${role}@${slug}.example`, name: `The ${role}`, roles: [role] })),
  });
  const byRole = Object.fromEntries(ROLES.map((role, i) => [role, people[i]])) as TestTenant['people'];
  const ctx = (actor: Ctx['actor'], roles: Role[]): Ctx => ({
    ...platform,
    tenantId,
    actor,
    permissions: permissionsOf(roles),
    requestId: randomUUID(),
  });
  return {
    tenantId,
    people: byRole,
    as: (role, roles = [role]) => {
      const { id, email, name } = byRole[role];
      return ctx({ kind: 'person', personId: id, email, name, roles, apiKeyId: null }, roles);
    },
    asService: (roles) => ctx({ kind: 'service', apiKeyId: randomUUID(), name: 'A service', roles }, roles),
  };
}
