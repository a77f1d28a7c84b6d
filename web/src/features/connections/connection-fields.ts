import type { Json } from '../../graphql/graphql.ts';
import { typedIn } from '../../lib/typed-in.ts';
import type { NewConnection } from './actions.ts';

export type ConnectionKind = NewConnection['kind'];

/** A field of the form: where its text goes, and what is typed there. */
export interface ConnectionField {
  name: 'baseUrl' | 'bearer' | 'host' | 'port' | 'database' | 'user' | 'username' | 'password' | 'from';
  in: 'settings' | 'secrets';
  type: 'text' | 'url' | 'number' | 'password';
  isRequired: boolean;
}

const setting = (name: ConnectionField['name'], type: ConnectionField['type'] = 'text'): ConnectionField => ({
  ...{ name, in: 'settings', type, isRequired: true },
});
const secret = (name: ConnectionField['name'], isRequired = false): ConnectionField => ({
  ...{ name, in: 'secrets', type: name === 'username' ? 'text' : 'password', isRequired },
});

/** What is asked for a connection of each kind. */
export const CONNECTION_FIELDS: Record<ConnectionKind, ConnectionField[]> = {
  HTTP: [setting('baseUrl', 'url'), secret('bearer')],
  POSTGRES: [
    ...[setting('host'), setting('port', 'number'), setting('database'), setting('user')],
    secret('password', true),
  ],
  SMTP: [setting('host'), setting('port', 'number'), setting('from'), secret('username'), secret('password')],
};

/** The kinds, the most used first. */
export const CONNECTION_KINDS = Object.keys(CONNECTION_FIELDS) as ConnectionKind[];

/** What was typed, as the API takes it. */
export function connectionTyped(
  kind: ConnectionKind,
  form: FormData,
): Pick<NewConnection, 'settings' | 'secrets'> {
  const parts = { settings: {} as Record<string, Json>, secrets: {} as Record<string, Json> };
  for (const field of CONNECTION_FIELDS[kind]) {
    const text = typedIn(form, field.name).trim();
    if (text !== '') parts[field.in][field.name] = field.type === 'number' ? Number(text) : text;
  }
  if (kind !== 'HTTP' && form.has('plain')) parts.settings['tls'] = false;
  return {
    settings: parts.settings,
    ...(Object.keys(parts.secrets).length === 0 ? {} : { secrets: parts.secrets }),
  };
}
