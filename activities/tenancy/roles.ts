import { ROLES, type Role } from '../../workflows/tenancy/model.ts';
import type { Actor } from '../context.ts';

/** The roles among these texts, each once, in the order of the product. Other texts are left out. */
export function rolesIn(texts: readonly string[]): Role[] {
  return ROLES.filter((role) => texts.includes(role));
}

/** The roles that an actor may hand on: a person's or service's own, all for the platform, none for a workflow. */
export function rolesOf(actor: Actor): readonly Role[] {
  if (actor.kind === 'person' || actor.kind === 'service') return actor.roles;
  return actor.kind === 'system' ? ROLES : [];
}
