import type { LocalConfig } from './config.ts';
import type { Addresses } from './demo/guide.ts';
import type { LocalSecrets } from './home.ts';

/** What the API must know of the web app: its secret and public key, how to mail links, and who may do without one. */
export function apiWebSettings(
  { ports }: LocalConfig,
  { web }: LocalSecrets,
  demoPeople: string[],
): Record<string, string> {
  return {
    LEVQOR_WEB_SECRET: web.doorSecret,
    LEVQOR_WEB_PUBLIC_KEY: web.publicKey,
    LEVQOR_MAIL_URL: `smtp://127.0.0.1:${ports.smtp}?tls=false`,
    LEVQOR_DEMO_PEOPLE: demoPeople.join(','),
  };
}

/** The settings of the web app. */
export function webSettings(
  { ports }: LocalConfig,
  { web }: LocalSecrets,
  { apiUrl, webUrl, mailUrl }: Addresses,
): Record<string, string> {
  return {
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    LEVQOR_WEB_PORT: String(ports.web),
    ...(webUrl === null ? {} : { LEVQOR_WEB_URL: webUrl }),
    LEVQOR_API_URL: apiUrl,
    LEVQOR_WEB_SECRET: web.doorSecret,
    LEVQOR_WEB_COOKIE_SECRET: web.cookieSecret,
    LEVQOR_WEB_SIGNING_KEY: web.signingKey,
    LEVQOR_MAIL_CATCHER_URL: mailUrl,
    LEVQOR_WEB_DEVELOPER_PAGES: 'true',
  };
}
