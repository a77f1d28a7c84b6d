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
  '/en/canvas',
  '/en/design',
  // Open to everybody: see PUBLIC_PAGES.
  '/en/',
  '/en/product',
  '/en/security',
  '/en/docs',
];

/** Pages that are weighed: for everybody, and for who has signed in. */
export const MEASURED = {
  public: ['/en', '/en/product', '/en/security', '/en/docs', '/en/sign-in'],
  app: ['/en/runs', '/en/approvals', '/en/workflows', '/en/members', '/en/settings'],
};

/** The pages for which nobody must sign in. */
export const PUBLIC_PAGES = ['/en/', '/en/product', '/en/security', '/en/docs'];
