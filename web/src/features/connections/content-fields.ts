const SETTINGS = ['baseUrl', 'headers', 'host', 'port', 'database', 'user', 'tls', 'from'];
const SECRETS = ['bearer', 'username', 'password', 'headers'];

/** Fields of a connection that have an input of their own, by the names that refusals give them. */
export const CONTENT_FIELDS: readonly string[] = [
  'name',
  'secrets',
  ...SETTINGS.map((name) => `settings.${name}`),
  ...SECRETS.map((name) => `secrets.${name}`),
  'settings.rateLimit.requests',
  'settings.rateLimit.perSeconds',
];
