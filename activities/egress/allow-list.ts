import { plainHost } from './plain-host.ts';

/** The operator's list of addresses that may be reached although the guard would refuse them. */
export interface AllowList {
  /** `host` in its plain form. Only the very same host and port match: no wildcard, no look at what DNS says. */
  has(host: string, port: number): boolean;
}

/** Reads `host:port` entries separated by commas; IPv6 in brackets. Throws an Error that names a bad entry. */
export function parseAllowList(text: string): AllowList {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map(parseEntry);
  const allowed = new Set(entries);
  return { has: (host, port) => allowed.has(key(host, port)) };
}

function parseEntry(entry: string): string {
  const [, host, port] = /^(\[[^\]]+\]|[^:[\]]+):(\d{1,5})$/.exec(entry) ?? [];
  const number = Number(port);
  if (host === undefined || number < 1 || number > 65_535) throw badEntry(entry);
  try {
    return key(plainHost(host), number);
  } catch {
    throw badEntry(entry);
  }
}

function badEntry(entry: string): Error {
  return new Error(
    `LEVQOR_EGRESS_ALLOW: "${entry}" is not host:port. Write a plain host name or IP address and a port.`,
  );
}

function key(host: string, port: number): string {
  return `${host}|${port}`;
}
