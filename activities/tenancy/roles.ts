import { ROLES, type Role } from '../../workflows/tenancy/model.ts';
import type { Actor } from '../context.ts';

/** The roles among these texts, each once, in the order of the product. Other texts are left out. */
export function rolesIn(texts: readonly string[]): Role[] {
  return ROLES.filter((role) => texts.includes(role));
}

/** Roles that somebody with these can use a key with: each role may do what a viewer may. */
export function withViewer(roles: readonly Role[]): readonly Role[] {
  return roles.length === 0 || roles.includes('viewer') ? roles : [...roles, 'viewer'];
}

/** The roles that an actor may hand on: a person's or service's own, all for the platform, none for a workflow. */
export function rolesOf(actor: Actor): readonly Role[] {
  if (actor.kind === 'person' || actor.kind === 'service') return actor.roles;
  return actor.kind === 'system' ? ROLES : [];
}
