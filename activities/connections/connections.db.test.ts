import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createWorkflow, saveDraft } from '../definitions/index.ts';
import { archiveWorkflow, publishWorkflow } from '../publishing/index.ts';
import { openTestHouse, type TestHouse, type TestTenant } from '../testing.ts';
import {
  createConnection,
  deleteConnection,
  listConnections,
  resolveConnection,
  rotateConnection,
  type WantedConnection,
} from './index.ts';

let house: TestHouse;
let tenant: TestTenant;

beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(async () => {
  tenant = await house.newTenant();
});
afterAll(() => house.close());

const shop = {
  name: 'shop',
  kind: 'HTTP' as const,
  settings: { baseUrl: 'https://shop.example/v1', headers: { Accept: 'application/json' } },
  secrets: { bearer: 'canary-bearer-1', headers: { 'X-Api-Key': 'canary-header-1' } },
};
const smtp = (name: string, secrets: { username: string; password: string } | null = null) => ({
  name,
  kind: 'SMTP' as const,
  settings: { host: 'mail.example', port: 587, from: 'ops@example.com' },
  secrets,
});

const resolve = (wanted: WantedConnection, of = tenant) =>
  house.database.withTenant(of.tenantId, (db) =>
    resolveConnection(db, of.tenantId, { ...wanted, keyring: house.keyring }),
  );
const create = (input: Parameters<typeof createConnection>[1]) =>
  createConnection(tenant.as('builder'), input);

describe('createConnection', () => {
  it('shows which secrets are set and never what they are', async () => {
    const made = await create(shop);
    expect(made).toMatchObject({
      name: 'shop',
      kind: 'HTTP',
      settings: shop.settings,
      secretFields: ['bearer', 'headers.X-Api-Key'],
      version: 1,
      createdBy: { id: tenant.people.builder.id },
      rotatedAt: null,
    });
    const { items } = await listConnections(tenant.as('viewer'), {});
    expect(items.map(({ node }) => node)).toEqual([made]);
    expect(JSON.stringify(items)).not.toContain('canary');
  });

  it('stores the secrets sealed: no table holds them in clear', async () => {
    await create(shop);
    const stored = await house.database.withTenant(tenant.tenantId, async (db) => [
      await db.connection.findMany({ where: { tenantId: tenant.tenantId } }),
      await db.tenantKey.findMany({ where: { tenantId: tenant.tenantId } }),
      (await db.auditEvent.findMany({ where: { tenantId: tenant.tenantId } })).map(({ details }) => details),
    ]);
    const text = JSON.stringify(stored, (_key, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    );
    expect(text).toContain('shop.example');
    expect(text).not.toContain('canary');
  });

  it('makes one data key for a tenant, also when two connections are made at once', async () => {
    await Promise.all(
      [1, 2, 3, 4].map((n) => create(smtp(`mail-${n}`, { username: 'u', password: `p${n}` }))),
    );
    for (const n of [1, 2, 3, 4])
      expect((await resolve({ name: `mail-${n}` }))?.secrets).toEqual({ username: 'u', password: `p${n}` });
  });

  it('refuses a name that is taken, and only in the same tenant', async () => {
    await create(shop);
    await expect(create(smtp('shop'))).rejects.toMatchObject({
      code: 'CONFLICT',
      reason: 'connection_name_taken',
    });
    const other = await house.newTenant();
    expect((await createConnection(other.as('owner'), shop)).name).toBe('shop');
  });

  it.each([
    [{ ...shop, settings: { baseUrl: 'ftp://x' } }, 'settings.baseUrl'],
    [{ ...shop, settings: { baseUrl: 'https://x.example/\ud800' } }, 'settings'],
    [{ ...shop, secrets: { bearer: 'x', password: 'y' } }, 'secrets.bearer'],
    [{ ...shop, secrets: { apiKey: 'canary' } }, 'secrets'],
    [{ ...shop, name: 'a name' }, 'name'],
    [{ ...shop, kind: 'FTP' as 'HTTP' }, 'kind'],
  ])('refuses what does not fit its kind %#', async (input, field) => {
    const refusal = create(input);
    await expect(refusal).rejects.toMatchObject({ code: 'INVALID', details: { field } });
    await expect(refusal).rejects.not.toThrow('canary');
    expect((await listConnections(tenant.as('viewer'), {})).items).toEqual([]);
  });
});

describe('rotateConnection', () => {
  it('replaces the secrets and keeps the settings', async () => {
    const { id } = await create(shop);
    const rotated = await rotateConnection(tenant.as('builder'), { id, secrets: { bearer: 'canary-2' } });
    expect(rotated).toMatchObject({ version: 2, secretFields: ['bearer'], settings: shop.settings });
    expect(rotated.rotatedAt).not.toBeNull();
    expect((await resolve({ name: 'shop' }))?.secrets).toEqual({ bearer: 'canary-2' });
  });

  it('replaces settings when given, takes secrets away, and checks both', async () => {
    const { id } = await create(shop);
    const settings = { baseUrl: 'https://new.example' };
    const rotated = await rotateConnection(tenant.as('builder'), { id, settings, secrets: null });
    expect(rotated).toMatchObject({ settings, secretFields: [] });
    expect(await resolve({ name: 'shop' })).toEqual({ name: 'shop', kind: 'HTTP', settings, secrets: null });
    await expect(
      rotateConnection(tenant.as('builder'), { id, settings: { host: 'x' }, secrets: null }),
    ).rejects.toMatchObject({ code: 'INVALID' });
  });
});

describe('resolveConnection', () => {
  it('gives the whole connection by name, to its own tenant only', async () => {
    await create(shop);
    expect(await resolve({ name: 'shop' })).toEqual({
      name: 'shop',
      kind: 'HTTP',
      settings: shop.settings,
      secrets: shop.secrets,
    });
    expect(await resolve({ name: 'Shop' })).toBeNull();
    expect(await resolve({ name: 'shop' }, await house.newTenant())).toBeNull();
  });

  it('takes as default for e-mail the one named email, else the only one', async () => {
    await create(shop);
    expect(await resolve({ defaultSmtp: true })).toBeNull();
    await create(smtp('first'));
    expect((await resolve({ defaultSmtp: true }))?.name).toBe('first');
    await create(smtp('second'));
    expect(await resolve({ defaultSmtp: true })).toBeNull();
    await create(smtp('email'));
    expect((await resolve({ defaultSmtp: true }))?.name).toBe('email');
  });

  it('does not open a secret that was moved from another connection', async () => {
    await create(shop);
    await create({ ...shop, name: 'other' });
    await house.database.withTenant(tenant.tenantId, async (db) => {
      const { secret } = await db.connection.findFirstOrThrow({
        where: { tenantId: tenant.tenantId, name: 'shop' },
      });
      await db.connection.updateMany({
        where: { tenantId: tenant.tenantId, name: 'other' },
        data: { secret },
      });
    });
    await expect(resolve({ name: 'other' })).rejects.toThrow('does not open');
  });
});

describe('deleteConnection', () => {
  const flowWith = (step: object) => ({
    flow: 'v1',
    steps: [{ id: 'each', kind: 'forEach', items: [1], as: 'one', steps: [step] }],
  });
  const httpStep = { id: 'call', kind: 'http', with: { connection: 'shop', method: 'GET', path: '/' } };
  const mailStep = { id: 'mail', kind: 'email', with: { to: 'a@b.example', subject: 's', text: 't' } };
  const publish = async (definition: object) => {
    const made = await createWorkflow(tenant.as('builder'), {
      name: 'Uses it',
      definition: definition as Parameters<typeof createWorkflow>[1]['definition'],
    });
    await publishWorkflow(tenant.as('builder'), { workflowId: made.id });
    return made;
  };

  it('deletes one that nobody uses, and its name is free again', async () => {
    const made = await create(shop);
    expect(await deleteConnection(tenant.as('builder'), { id: made.id })).toEqual(made);
    expect(await resolve({ name: 'shop' })).toBeNull();
    await create(shop);
  });

  it('refuses while the newest published version of a workflow in use needs it', async () => {
    const { id } = await create(shop);
    const workflow = await publish(flowWith(httpStep));
    await expect(deleteConnection(tenant.as('builder'), { id })).rejects.toMatchObject({
      code: 'PRECONDITION_FAILED',
      reason: 'connection_in_use',
      message: expect.stringContaining('Uses it'),
      details: { workflows: [{ id: workflow.id, name: 'Uses it' }] },
    });
    await saveDraft(tenant.as('builder'), {
      workflowId: workflow.id,
      basedOnHash: workflow.draft.hash,
      definition: { flow: 'v1', steps: [{ id: 'none', kind: 'transform', with: { value: 1 } }] },
    });
    await expect(deleteConnection(tenant.as('builder'), { id })).rejects.toMatchObject({
      reason: 'connection_in_use',
    });
    await publishWorkflow(tenant.as('builder'), { workflowId: workflow.id });
    await deleteConnection(tenant.as('builder'), { id });
  });

  it('refuses the default for e-mail while a step relies on it; not once the workflow is archived', async () => {
    const { id } = await create(smtp('mail'));
    const { id: workflowId } = await publish(flowWith(mailStep));
    await expect(deleteConnection(tenant.as('builder'), { id })).rejects.toMatchObject({
      reason: 'connection_in_use',
    });
    await archiveWorkflow(tenant.as('builder'), { workflowId });
    await deleteConnection(tenant.as('builder'), { id });
  });
});
