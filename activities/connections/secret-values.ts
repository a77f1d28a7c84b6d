import type { ResolvedConnection } from '../../workflows/connections/model.ts';

/** Every text of a connection that must never show: each secret, and what it becomes on the wire. */
export function secretValues(connection: ResolvedConnection): string[] {
  if (connection.secrets === null) return [];
  if (connection.kind === 'POSTGRES') return [connection.secrets.password];
  const { username, password } = connection.secrets;
  const pair =
    username === undefined || password === undefined
      ? []
      : // `\0user\0password` is how SMTP's AUTH PLAIN sends them (RFC 4616).
        [`${username}:${password}`, `\0${username}\0${password}`];
  if (connection.kind === 'SMTP') return [username ?? '', password ?? '', ...pair];
  const headers = Object.values(connection.secrets.headers ?? {}).flatMap(headerSecrets);
  return [username ?? '', password ?? '', connection.secrets.bearer ?? '', ...pair, ...headers];
}

// `Bearer abc` is secret as a whole and so is `abc`; in `Basic …` so are the user and password inside.
function headerSecrets(value: string): string[] {
  const [, scheme = '', rest = ''] = /^([A-Za-z-]+)\s+(\S.*)$/.exec(value) ?? [];
  if (scheme.toLowerCase() !== 'basic') return [value, rest];
  const pair = Buffer.from(rest, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return [value, rest, pair, ...(colon < 0 ? [] : [pair.slice(0, colon), pair.slice(colon + 1)])];
}
