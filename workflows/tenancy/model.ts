/** What a member may be. A person can hold several roles in one tenant. */
export const ROLES = ['owner', 'admin', 'builder', 'operator', 'finance', 'security', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** What an operation can demand. Named `<thing>.<act>`; the verb that demands it names it. */
export const PERMISSIONS = [
  'definitions.read',
  'definitions.write',
  'definitions.publish',
  'runs.read',
  'runs.start',
  'runs.control',
  'approvals.read',
  'approvals.decide',
  'schedules.read',
  'schedules.write',
  'webhooks.read',
  'webhooks.write',
  'connections.read',
  'connections.write',
  'members.read',
  'members.write',
  'keys.read',
  'keys.write',
  'organisation.write',
  'audit.read',
] as const;
export type Permission = (typeof PERMISSIONS)[number];
