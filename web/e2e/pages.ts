/** Every page of the app that needs no id, in English. */
export const PAGES = [
  '/en/runs',
  '/en/approvals?view=all',
  '/en/workflows',
  '/en/schedules',
  '/en/connections',
  '/en/members',
  '/en/keys',
  '/en/audit?check=yes',
  '/en/settings',
];
