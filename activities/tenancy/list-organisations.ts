import type { TenantId } from '../../workflows/ids.ts';
import type { Role } from '../../workflows/tenancy/model.ts';
import { personOf, type Ctx } from '../context.ts';
import { rolesIn } from './roles.ts';

/** An organisation of which the caller is a member, with the roles held there. */
export interface OrganisationView {
  id: TenantId;
  name: string;
  slug: string;
  roles: Role[];
}

/** So many organisations of one person are listed. */
const MAX_LISTED = 50;

/**
 * The organisations of the person who asks, oldest membership first; none for callers without a person. An API key
 * belongs to one organisation and learns of no other.
 */
export async function listOrganisations(ctx: Ctx): Promise<OrganisationView[]> {
  const personId = personOf(ctx.actor);
  if (personId === null) return [];
  const byKey = ctx.actor.kind === 'person' && ctx.actor.apiKeyId !== null;
  const ids = byKey ? [ctx.tenantId] : await ctx.database.signIn.tenantsOf(personId);
  const found: OrganisationView[] = [];
  for (const tenantId of ids.slice(0, MAX_LISTED)) {
    const row = await ctx.database.withTenant(tenantId, async (db) => ({
      tenant: await db.tenant.findFirst({ where: { id: tenantId } }),
      member: await db.member.findFirst({ where: { tenantId, personId } }),
    }));
    if (row.tenant === null || row.member === null) continue;
    const { name, slug } = row.tenant;
    found.push({ id: tenantId, name, slug, roles: rolesIn(row.member.roles) });
  }
  return found;
}
