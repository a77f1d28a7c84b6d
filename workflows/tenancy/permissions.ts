import { PERMISSIONS, type Permission, type Role } from './model.ts';

const READ = PERMISSIONS.filter((permission) => permission.endsWith('.read') && permission !== 'audit.read');

/** What each role may do. The one table of the product; a member with several roles may do all of theirs. */
const GRANTS: Record<Role, readonly Permission[]> = {
  owner: PERMISSIONS,
  admin: PERMISSIONS,
  builder: [
    ...READ,
    'definitions.write',
    'definitions.publish',
    'runs.start',
    'runs.control',
    'schedules.write',
    'webhooks.write',
    'connections.write',
  ],
  operator: [...READ, 'runs.start', 'runs.control', 'schedules.write', 'approvals.decide'],
  finance: [...READ, 'runs.start', 'approvals.decide'],
  security: [...READ, 'approvals.decide', 'audit.read'],
  viewer: READ,
};

/** Everything that somebody with these roles may do. */
export function permissionsOf(roles: readonly Role[]): ReadonlySet<Permission> {
  return new Set(roles.flatMap((role) => GRANTS[role]));
}
