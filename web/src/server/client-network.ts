import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

/** The header in which the pages find the network of who asks. */
export const CLIENT_HEADER = 'x-levqor-network';

/**
 * The network that a request comes from, for rate limits: an IPv4 address, or the first 64 bits of an IPv6 one.
 * `trustedProxies` is how many proxies of ours stand in front, each of which adds to X-Forwarded-For.
 */
export function clientNetwork(
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  trustedProxies: number,
): string {
  const direct = socket.remoteAddress ?? 'unknown';
  if (trustedProxies === 0) return networkOf(direct);
  const forwarded = String(headers['x-forwarded-for'] ?? '').split(',');
  return networkOf(forwarded.at(-trustedProxies)?.trim() || direct);
}

function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  if (!isIPv6(plain)) return plain.slice(0, 64);
  const [head = '', tail = ''] = plain.split('::');
  const parts = head.split(':').filter((part) => part !== '');
  const rest = tail.split(':').filter((part) => part !== '');
  const gap = plain.includes('::') ? Array<string>(8 - parts.length - rest.length).fill('0') : [];
  return [...parts, ...gap, ...rest].slice(0, 4).join(':');
}
