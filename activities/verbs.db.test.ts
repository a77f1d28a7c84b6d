import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Role } from '../workflows/tenancy/model.ts';
import type { Ctx } from './context.ts';
import { listAuditEvents, type AuditEventView } from './tenancy/index.ts';
import { openTestHouse, type TestHouse, type TestTenant } from './testing.ts';
import { domains, verbSamples, type VerbName } from './verb-samples.ts';

let house: TestHouse;
let tenant: TestTenant;
let other: TestTenant;
let admin: pg.Client;

beforeAll(async () => {
  house = await openTestHouse();
  admin = new pg.Client({ connectionString: house.test.adminUrl });
  await admin.connect();
  [tenant, other] = [await house.newTenant(), await house.newTenant()];
});
afterAll(async () => {
  await admin.end();
  await house.close();
});

/** Any verb, as this walk sees it: the table of samples has checked that inputs fit. */
interface AnyVerb {
  (ctx: Ctx, input: unknown, once?: string): Promise<unknown>;
  action: string;
  permission: string;
}
interface AnySample {
  by: Role;
  namesThing: boolean;
  input(tenant: TestTenant): Promise<unknown>;
}
const hasPermission = (value: unknown): value is AnyVerb =>
  typeof value === 'function' && 'permission' in value;
const verbs = Object.entries(domains).filter(
  (entry): entry is [VerbName, AnyVerb & (typeof entry)[1]] =>
    hasPermission(entry[1]) && 'action' in entry[1],
);
const samples = verbSamples(() => house);

/** All rows of all tables, as one text: equal before and after means that nothing was written. */
async function everything(): Promise<string> {
  const { rows: tables } = await admin.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`,
  );
  const texts = tables.map(
    ({ name }) => `(SELECT md5(COALESCE(string_agg(t::text, '|' ORDER BY t::text), '')) FROM ${name} t)`,
  );
  const { rows } = await admin.query<{ text: string }>(`SELECT concat_ws(',', ${texts.join(', ')}) AS text`);
  return `${rows[0]?.text ?? ''} ${house.dispatched.length}`;
}

async function eventsAbout(action: string): Promise<AuditEventView[]> {
  const { items } = await listAuditEvents(tenant.as('security'), { action, first: 100 });
  return items.map(({ node }) => node);
}

async function refusedLeavingNothing(call: () => Promise<unknown>, refusal: object): Promise<void> {
  const before = await everything();
  await expect(call()).rejects.toMatchObject(refusal);
  expect(await everything()).toBe(before);
}

describe.each(verbs)('%s', (name, verb) => {
  const { by, input, namesThing }: AnySample = samples[name];

  it('refuses a caller without the permission, writing nothing', async () => {
    const given = await input(tenant);
    await refusedLeavingNothing(() => verb(tenant.as('viewer'), given), {
      code: 'FORBIDDEN',
      reason: 'permission_missing',
      details: { permission: verb.permission },
    });
  });

  it('refuses an input of another shape, writing nothing', async () => {
    for (const given of [{ nonsense: true }, null, [], 'text'])
      await refusedLeavingNothing(() => verb(tenant.as(by), given), { code: 'INVALID' });
  });

  if (namesThing)
    it('does not find what belongs to another tenant, writing nothing', async () => {
      const theirs = await input(tenant);
      await refusedLeavingNothing(() => verb(other.as(by), theirs), { code: 'NOT_FOUND' });
    });

  it('writes one audit row with actor, action and target, and no secret', async () => {
    const given = await input(tenant);
    const before = await eventsAbout(verb.action);
    const ctx = tenant.as(by);
    await verb(ctx, given);
    const after = await eventsAbout(verb.action);
    expect(after).toHaveLength(before.length + 1);
    expect(after[0]).toMatchObject({
      action: verb.action,
      actor: { kind: 'person', personId: tenant.people[by].id },
      target: expect.stringMatching(/^[0-9a-f-]{36}$/),
      requestId: ctx.requestId,
    });
    expect(JSON.stringify(after)).not.toContain('canary');
  });

  it('gives one answer for one idempotency key, and refuses the key for another input', async () => {
    const [given, another] = [await input(tenant), await input(tenant)];
    const key = `${name}-key`;
    const first = await verb(tenant.as(by), given, key);
    const before = await everything();
    expect(await verb(tenant.as(by), given, key)).toEqual(first);
    expect(await everything()).toBe(before);
    await refusedLeavingNothing(() => verb(tenant.as(by), another, key), {
      code: 'CONFLICT',
      reason: 'idempotency_key_reused',
    });
    await verb(other.as(by), await input(other), key);
  });
});

describe('every query', () => {
  const queries = Object.entries(domains).filter(([, value]) => hasPermission(value) && !('action' in value));

  it.each(queries)('%s refuses a caller without the permission', async (_name, query) => {
    const nobody: Ctx = { ...tenant.as('owner'), permissions: new Set() };
    await expect((query as unknown as AnyVerb)(nobody, {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
