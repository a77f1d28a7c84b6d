import type { LaunchStage } from '../../workflows/launch-stage.ts';
import type { TenantId } from '../../workflows/ids.ts';
import { PERMISSIONS, type Permission, type Role } from '../../workflows/tenancy/model.ts';
import { personOf, type Ctx } from '../context.ts';
import { personIn, readPeople, type PersonSummary } from './people.ts';
import { rolesOf } from './roles.ts';

/** Who is asking, where, and what they may do. */
export interface Viewer {
  tenant: { id: TenantId; name: string; slug: string };
  /** Null for a service key. */
  person: PersonSummary | null;
  roles: Role[];
  permissions: Permission[];
  launchStage: LaunchStage;
}

/** Tells callers about themselves; that needs no permission. */
export async function viewer(ctx: Ctx): Promise<Viewer> {
  const personId = personOf(ctx.actor);
  return ctx.database.withTenant(ctx.tenantId, async (db) => {
    const tenant = await db.tenant.findFirstOrThrow({ where: { id: ctx.tenantId } });
    const people = await readPeople(db, ctx.tenantId, [personId]);
    return {
      tenant: { id: ctx.tenantId, name: tenant.name, slug: tenant.slug },
      person: personIn(people, personId),
      roles: [...rolesOf(ctx.actor)],
      permissions: PERMISSIONS.filter((permission) => ctx.permissions.has(permission)),
      launchStage: ctx.launchStage,
    };
  });
}
