/** Every page of the app that needs no id, in English. */
export const PAGES = [
  '/en/runs',
  '/en/approvals?view=all',
  '/en/workflows',
  '/en/schedules',
  '/en/connections',
  '/en/webhooks',
  '/en/members',
  '/en/keys',
  '/en/audit',
  '/en/settings',
  '/en/canvas',
  '/en/design',
  // Open to everybody: see PUBLIC_PAGES.
  '/en/',
  '/en/product',
  '/en/security',
  '/en/docs',
];

/** The pages for which nobody must sign in. */
export const PUBLIC_PAGES = ['/en/', '/en/product', '/en/security', '/en/docs'];
