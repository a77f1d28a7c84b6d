/** Every page of the app that needs no id, in English. */
export const PAGES = [
  '/en/runs',
  '/en/runs/failures',
  '/en/runs/compare',
  '/en/approvals?view=all',
  '/en/approvals/analytics',
  '/en/approvals/delegations',
  '/en/workflows',
  '/en/schedules',
  '/en/connections',
  '/en/webhooks',
  '/en/members',
  '/en/keys',
  '/en/audit',
  '/en/organisation',
  '/en/settings',
];
