import type { Json } from '../../graphql/graphql.ts';
import type { ConnectionKind } from './loaders.ts';

type Fields = Record<string, Json>;

/** Settings, which people see, and secrets, which nobody sees again; no secrets are null. */
export interface ConnectionContent {
  settings: Fields;
  secrets: Fields | null;
}

/** How a web service wants to be told who calls. */
export const AUTH_KINDS = ['none', 'bearer', 'basic', 'headers'] as const;
export type AuthKind = (typeof AUTH_KINDS)[number];

const SETTINGS: Record<ConnectionKind, readonly string[]> = {
  HTTP: ['baseUrl'],
  POSTGRES: ['host', 'port', 'database', 'user', 'tls'],
  SMTP: ['host', 'port', 'tls', 'from'],
};
const SECRETS: Record<Exclude<ConnectionKind, 'HTTP'>, readonly string[]> = {
  POSTGRES: ['password'],
  SMTP: ['username', 'password'],
};

/**
 * What a form for this kind of connection says. Its fields are called by the API's own names, such as
 * `settings.baseUrl`; `read` gives the text of one, empty where there is none. What is empty is left out.
 */
export function connectionContent(kind: ConnectionKind, read: (field: string) => string): ConnectionContent {
  const settings: Fields = {};
  for (const name of SETTINGS[kind]) {
    const text = read(`settings.${name}`).trim();
    if (text !== '') settings[name] = valueOf(name, text);
  }
  if (kind === 'POSTGRES' && read('settings.readOnly') !== '') settings['readOnly'] = true;
  const headers = kind === 'HTTP' ? headersOf(read('settings.headers')) : {};
  if (Object.keys(headers).length > 0) settings['headers'] = headers;
  const requests = read('settings.rateLimit.requests').trim();
  const perSeconds = read('settings.rateLimit.perSeconds').trim();
  if (requests !== '')
    settings['rateLimit'] = { requests: Number(requests), perSeconds: Number(perSeconds || 1) };
  return { settings, secrets: secretsOf(kind, read) };
}

function secretsOf(kind: ConnectionKind, read: (field: string) => string): Fields | null {
  if (kind === 'HTTP') return httpSecretsOf(read);
  const given = SECRETS[kind].map((name) => [name, read(`secrets.${name}`)] as const);
  const some = given.filter(([, text]) => text !== '');
  return some.length === 0 ? null : Object.fromEntries(some);
}

function httpSecretsOf(read: (field: string) => string): Fields | null {
  switch (read('auth') as AuthKind) {
    case 'bearer':
      return { bearer: read('secrets.bearer').trim() };
    case 'basic':
      return { username: read('secrets.username'), password: read('secrets.password') };
    case 'headers':
      return { headers: headersOf(read('secrets.headers')) };
    case 'none':
      return null;
  }
}

/** Header lines, "Name: value" each, as names with values. */
export function headersOf(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(':');
      return at === -1 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );
}

function valueOf(name: string, text: string): Json {
  if (name === 'port') return Number(text);
  if (name === 'tls' && text !== 'unverified') return text === 'true';
  return text;
}

/** The text of a setting as a form shows it; empty where it is not set. */
export function settingText(settings: Json, ...path: string[]): string {
  let value: Json | undefined = settings;
  for (const name of path)
    value = typeof value === 'object' && value !== null && !Array.isArray(value) ? value[name] : undefined;
  if (value === undefined || value === null) return '';
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .map(([name, text]) => `${name}: ${typeof text === 'string' ? text : JSON.stringify(text)}`)
    .join('\n');
}

/** Which way of signing in the names of the secrets that are set speak of. */
export function authKindOf(secretFields: readonly string[]): AuthKind {
  if (secretFields.includes('bearer')) return 'bearer';
  if (secretFields.includes('username')) return 'basic';
  return secretFields.some((name) => name.startsWith('headers')) ? 'headers' : 'none';
}
