import { EgressRefused } from './egress-refused.ts';
import { plainHost } from './plain-host.ts';

/**
 * An http(s) URL that means what it shows; with `base`, as a redirect from there. Throws EgressRefused for other
 * protocols, credentials, line breaks, control characters, backslashes and odd host spellings. The fragment is dropped.
 */
export function egressUrl(text: string, base?: URL): URL {
  // The URL parser silently takes line breaks and tabs out and turns a backslash into a slash.
  if (/[\p{Cc}\\]/u.test(text)) throw new EgressRefused('address_text');
  const url = URL.parse(text, base?.href);
  if (!url) throw new EgressRefused('address_text');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new EgressRefused('protocol');
  if (url.username !== '' || url.password !== '') throw new EgressRefused('credentials_in_url', url.hostname);
  const authority = /^\s*(?:https?:)?\/\/([^/?#]*)/i.exec(text)?.[1] ?? (base && url.host);
  if (!authority) throw new EgressRefused('address_text');
  const host = plainHost(authority.replace(/:\d*$/, ''));
  url.hostname = host.includes(':') ? `[${host}]` : host;
  url.hash = '';
  return url;
}

/** The port that a URL leads to. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}
