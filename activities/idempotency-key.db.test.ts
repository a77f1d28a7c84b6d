import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseKeyring } from '../temporal/keyring.ts';
import { createConnection, rotateConnection } from './connections/index.ts';
import { createWorkflow } from './definitions/index.ts';
import { forgetOldKeys } from './idempotency-key.ts';
import { createApiKey } from './tenancy/index.ts';
import { openAdminHouse, type AdminHouse } from './testing.ts';

let house: AdminHouse;
let tenant: AdminHouse['tenant'];
let admin: AdminHouse['admin'];
beforeAll(async () => {
  house = await openAdminHouse();
  ({ tenant, admin } = house);
});
afterAll(() => house.close());

/** All that the table keeps of a key, as text: bytes as they are and as hexadecimal. */
async function keptOf(key: string): Promise<string> {
  const { rows } = await admin.query<{ text: string; hash: Buffer; sealed: Buffer | null }>(
    'SELECT k::text AS text, request_hash AS hash, sealed FROM idempotency_key k WHERE key = $1',
    [key],
  );
  return rows
    .map(({ text, hash, sealed }) => text + hash.toString('latin1') + (sealed ?? '').toString())
    .join();
}
const age = (key: string, hours: number) =>
  admin.query(`UPDATE idempotency_key SET created_at = now() - make_interval(hours => $2) WHERE key = $1`, [
    key,
    hours,
  ]);
const connection = (name: string) => ({
  ...{ name, kind: 'HTTP' as const, settings: { baseUrl: 'https://shop.example' } },
  secrets: { bearer: '1234' },
});

describe('a key of a verb with secrets', () => {
  it('gives the token again, which the table does not show', async () => {
    const owner = tenant.as('owner');
    const first = await createApiKey(owner, { name: 'again' }, 'token-key');
    expect(await createApiKey(owner, { name: 'again' }, 'token-key')).toEqual(first);
    const kept = await keptOf('token-key');
    expect(kept).toContain('token-key');
    expect(kept).not.toContain(first.token);
    expect(kept).not.toContain(Buffer.from(first.token).toString('hex'));
  });

  it('leaves no hash by which a short secret could be guessed', async () => {
    const owner = tenant.as('owner');
    await createConnection(owner, connection('pin'), 'pin-key');
    const hash = async (key: string) => {
      const { rows } = await admin.query<{ hash: Buffer }>(
        'SELECT request_hash AS hash FROM idempotency_key WHERE key = $1',
        [key],
      );
      return rows[0]?.hash.toString('hex');
    };
    const other = await house.newTenant();
    await createConnection({ ...other.as('owner'), actor: owner.actor }, connection('pin'), 'pin-key-there');
    // The same request by the same caller: only the keys of the tenants differ.
    expect(await hash('pin-key-there')).not.toBe(await hash('pin-key'));
    expect(await keptOf('pin-key')).not.toMatch(/bearer|1234"/);
  });

  it('gives its answer to nobody but the caller', async () => {
    await createApiKey(tenant.as('owner'), { name: 'mine' }, 'my-key');
    await expect(createApiKey(tenant.as('admin'), { name: 'mine' }, 'my-key')).rejects.toMatchObject({
      code: 'CONFLICT',
      reason: 'idempotency_key_reused',
    });
  });

  it('still answers after a rotation of the master key, and for as long only as the old one is there', async () => {
    const owner = tenant.as('owner');
    const { id } = await createConnection(owner, connection('rotated'));
    const input = { id, secrets: { bearer: 'canary' } };
    const first = await rotateConnection(owner, input, 'rotation-key');
    const newKey = `next:${randomBytes(32).toString('base64')}`;
    const next = parseKeyring(newKey);
    const both = { active: next.active, keys: new Map([...next.keys, ...house.keyring.keys]) };
    expect(await rotateConnection({ ...owner, keyring: both }, input, 'rotation-key')).toEqual(first);
    expect(first.version).toBe(2);
    await expect(rotateConnection({ ...owner, keyring: next }, input, 'rotation-key')).rejects.toMatchObject({
      reason: 'idempotency_key_reused',
    });
  });
});

describe('a key', () => {
  it('is forgotten after 24 hours: the same call then works again', async () => {
    const owner = tenant.as('owner');
    const call = async () => (await createApiKey(owner, { name: 'Old' }, 'old-key')).apiKey;
    const first = await call();
    await age('old-key', 23);
    expect(await call()).toEqual(first);
    await age('old-key', 25);
    const second = await call();
    expect(second.id).not.toBe(first.id);
    expect(await call()).toEqual(second);
  });

  it('that is old is taken over by one of many at once', async () => {
    const owner = tenant.as('owner');
    const call = () => createApiKey(owner, { name: 'Race' }, 'race-key');
    await call();
    await age('race-key', 25);
    const made = await Promise.all(Array.from({ length: 20 }, call));
    expect(new Set(made.map(({ token }) => token)).size).toBe(1);
  });

  it('that is old goes when new ones come, those of the organisation only', async () => {
    const [here, there] = [await house.newTenant(), await house.newTenant()];
    const keys = Array.from({ length: 5 }, (_, i) => `gone-${i}`);
    for (const key of [...keys, 'kept'])
      await createWorkflow((key === 'kept' ? there : here).as('owner'), { name: key }, key);
    for (const key of [...keys, 'kept']) await age(key, 25);
    await createWorkflow(here.as('owner'), { name: 'New' }, 'new-key');
    const { rows } = await admin.query<{ key: string }>(
      `SELECT key FROM idempotency_key WHERE key LIKE 'gone-%' OR key IN ('kept', 'new-key') ORDER BY key`,
    );
    expect(rows.map(({ key }) => key)).toEqual(['kept', 'new-key']);
  });

  it('that is old goes although its organisation sends no more, and no younger one goes', async () => {
    const [quiet, other] = [await house.newTenant(), await house.newTenant()];
    const keys = Array.from({ length: 3 }, (_, i) => `quiet-${i}`);
    for (const key of keys) await createApiKey(quiet.as('owner'), { name: key }, key);
    await createApiKey(other.as('owner'), { name: 'Other' }, 'quiet-other');
    await createApiKey(quiet.as('owner'), { name: 'Young' }, 'quiet-young');
    for (const key of [...keys, 'quiet-other']) await age(key, 25);
    await age('quiet-young', 23);
    expect(await forgetOldKeys(house.database, () => false)).toBe(0);
    expect(await forgetOldKeys(house.database)).toBeGreaterThanOrEqual(4);
    expect(await forgetOldKeys(house.database)).toBe(0);
    const { rows } = await admin.query(`SELECT key FROM idempotency_key WHERE key LIKE 'quiet-%'`);
    expect(rows).toEqual([{ key: 'quiet-young' }]);
  });

  it.each(['', 'k'.repeat(256)])('of the wrong length is refused', async (key) => {
    await expect(createWorkflow(tenant.as('owner'), { name: 'A' }, key)).rejects.toMatchObject({
      code: 'INVALID',
      reason: 'idempotency_key_length',
    });
  });
});
