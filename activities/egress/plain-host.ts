import { isIP } from 'node:net';
import { EgressRefused } from './egress-refused.ts';

/** The three characters that IDNA also reads as a dot. */
const OTHER_DOTS = /[\u3002\uff0e\uff61]/;

/**
 * A host in its one plain form: lower case, ASCII (IDNA), no dot at the end, no brackets. Throws EgressRefused for
 * text that is no host and for spellings that stand for another address than they show (`127.1`, `0x7f000001`, `2130706433`,
 * `127。0。0。1`, zone ids).
 */
export function plainHost(given: string): string {
  const bare = given.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  if (isIP(bare) === 6 && !bare.includes('%')) return new URL(`http://[${bare}]/`).hostname.slice(1, -1);
  if (OTHER_DOTS.test(bare) || !/^[\p{L}\p{N}\p{M}_-]+(?:\.[\p{L}\p{N}\p{M}_-]+)*$/u.test(bare))
    throw new EgressRefused('host_spelling', given);
  const host = URL.parse(`http://${bare}/`)?.hostname;
  if (!host || (isIP(host) !== 0 && host !== bare)) throw new EgressRefused('host_spelling', given);
  return host;
}
