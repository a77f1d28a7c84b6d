import { ROLES, type Role } from '../../../../workflows/tenancy/model.ts';

/** The roles that somebody with these roles can give to others: only an owner makes an owner. */
export function givableRoles(own: readonly Role[]): Role[] {
  return ROLES.filter((role) => role !== 'owner' || own.includes('owner'));
}
