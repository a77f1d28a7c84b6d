import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { PersonId, TenantId } from '../../workflows/ids.ts';
import { PERMISSIONS, ROLES } from '../../workflows/tenancy/model.ts';
import type { Ctx } from '../context.ts';
import { textField } from '../input-fields.ts';
import { verb, type RunTools } from '../verb.ts';
import { emailField, ensurePerson } from './ensure-person.ts';
import type { PersonSummary } from './people.ts';

const person = z.strictObject({
  email: emailField,
  name: textField(200),
  roles: z.array(z.enum(ROLES)).min(1),
});
const input = z.strictObject({
  slug: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  name: textField(200),
  people: z.array(person).min(1),
});

/** The doors of a call, before it is known who calls. */
export type Platform = Omit<Ctx, 'tenantId' | 'actor' | 'permissions' | 'requestId'>;

/** An organisation to make, with its first people. Slug: lower-case letters, digits and hyphens. */
export type TenantToProvision = z.input<typeof input>;

/** The organisation with the people asked for, in the order asked. */
export interface ProvisionedTenant {
  tenantId: TenantId;
  people: PersonSummary[];
}

/**
 * Makes an organisation with its first people, as the platform and not on behalf of a member. When the slug
 * exists, only people who are missing are added; what members have changed since stays.
 */
export async function provisionTenant(
  platform: Platform,
  tenant: TenantToProvision,
): Promise<ProvisionedTenant> {
  const existing = await platform.database.lookup.tenant(tenant.slug);
  const tenantId = existing ?? (randomUUID() as TenantId);
  const ctx: Ctx = {
    ...platform,
    tenantId,
    actor: { kind: 'system', name: 'provisioning' },
    permissions: new Set(PERMISSIONS),
    requestId: randomUUID(),
  };
  return { tenantId, people: await provision(ctx, tenant) };
}

const provision = verb({
  action: 'tenant.provision',
  permission: 'members.write',
  input,
  run: async ({ db, tenantId, target }, { slug, name, people }): Promise<PersonSummary[]> => {
    if ((await db.tenant.count({ where: { id: tenantId } })) === 0)
      await db.tenant.createMany({ data: [{ id: tenantId, slug, name }] });
    const members: PersonSummary[] = [];
    for (const each of people) members.push(await ensureMember({ db, tenantId }, each));
    target(tenantId, { slug, people: members.map((member) => member.id) });
    return members;
  },
});

async function ensureMember(
  { db, tenantId }: Pick<RunTools, 'db' | 'tenantId'>,
  { email, name, roles }: z.output<typeof person>,
): Promise<PersonSummary> {
  const known = await db.person.findFirst({ where: { email, members: { some: { tenantId } } } });
  if (known !== null) return { id: known.id as PersonId, email, name: known.name };
  const id = await ensurePerson(db, { email, name });
  await db.member.createMany({ data: [{ tenantId, personId: id, roles }] });
  return { id, email, name };
}
