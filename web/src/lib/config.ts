import { createPrivateKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';

/** The settings of the web process, by the name of their environment variable. */
const environment = z.object({
  LEVQOR_WEB_HOST: z.string().min(1).default('localhost'),
  LEVQOR_WEB_PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  LEVQOR_WEB_URL: z.url({ protocol: /^https?$/ }).optional(),
  LEVQOR_API_URL: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:4000'),
  LEVQOR_WEB_SECRET: z.string().min(32, 'must have at least 32 characters'),
  LEVQOR_WEB_COOKIE_SECRET: z.string().min(32, 'must have at least 32 characters'),
  LEVQOR_WEB_SIGNING_KEY: z.base64('must be an Ed25519 private key, PKCS 8 in base64').min(1),
  LEVQOR_MAIL_CATCHER_URL: z.url({ protocol: /^https?$/ }).optional(),
  LEVQOR_WEB_PSEUDO_TEXTS: z.enum(['true', 'false']).default('false'),
  LEVQOR_WEB_DEVELOPER_PAGES: z.enum(['true', 'false']).default('false'),
  LEVQOR_TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
});

/** The settings of the web process. Addresses have no slash at the end. */
export interface WebConfig {
  host: string;
  port: number;
  /** Where people reach the app. */
  url: string;
  /** Whether people reach it by https, so that cookies are for that only. */
  isSecure: boolean;
  apiUrl: string;
  /** Secret: opens the API's door for signing in. */
  doorSecret: string;
  /** Secret: seals session cookies. */
  cookieSecret: string;
  /** Secret: signs the tokens that the API verifies by the public key. */
  signingKey: KeyObject;
  trustedProxies: number;
  /** Shows English, and all that has no texts of its own, as a pseudo-language: to find text that does not fit. */
  pseudoTexts: boolean;
  /** Shows /design (all tokens and components) and /graphiql (the API, by hand), for those who build. */
  showsDeveloperPages: boolean;
  /** Where a local platform shows its mail; null elsewhere. */
  mailCatcherUrl: string | null;
}

let read: WebConfig | undefined;

/** The settings, read when they are first needed. Throws an error that names each wrong variable. */
export function webConfig(): WebConfig {
  if (read === undefined) {
    read = readWebConfig(process.env);
    // NextAuth reads its address here and nowhere else.
    process.env['NEXTAUTH_URL'] = read.url;
  }
  return read;
}

function readWebConfig(env: NodeJS.ProcessEnv): WebConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return `  ${name}: ${given[name] === undefined ? 'is not set' : issue.message}`;
    });
    throw new Error(
      ['The web app cannot start with these settings:', ...lines, 'See .env.example.'].join('\n'),
    );
  }
  const settings = parsed.data;
  const address = settings.LEVQOR_WEB_URL ?? `http://localhost:${settings.LEVQOR_WEB_PORT}`;
  return {
    host: settings.LEVQOR_WEB_HOST,
    port: settings.LEVQOR_WEB_PORT,
    url: address.replace(/\/+$/, ''),
    isSecure: address.startsWith('https:'),
    apiUrl: settings.LEVQOR_API_URL.replace(/\/+$/, ''),
    doorSecret: settings.LEVQOR_WEB_SECRET,
    cookieSecret: settings.LEVQOR_WEB_COOKIE_SECRET,
    signingKey: createPrivateKey({
      key: Buffer.from(settings.LEVQOR_WEB_SIGNING_KEY, 'base64'),
      ...{ format: 'der', type: 'pkcs8' },
    }),
    trustedProxies: settings.LEVQOR_TRUST_PROXY,
    pseudoTexts: settings.LEVQOR_WEB_PSEUDO_TEXTS === 'true',
    showsDeveloperPages: settings.LEVQOR_WEB_DEVELOPER_PAGES === 'true',
    mailCatcherUrl: settings.LEVQOR_MAIL_CATCHER_URL ?? null,
  };
}
