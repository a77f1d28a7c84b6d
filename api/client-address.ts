import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';

/**
 * The address that a request comes from, for rate limits: an IPv4 address, or the first 64 bits of an IPv6 one, since
 * one client has as many addresses behind them as it likes. `trustedProxies` is how many proxies of ours stand in
 * front: each adds the address that it saw to X-Forwarded-For, and what stands before them in the header is the
 * client's own word. With 0, or when the header is shorter than that, it is the address of the connection.
 */
export function clientAddress(
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  trustedProxies: number,
): string {
  const direct = socket.remoteAddress ?? '';
  if (trustedProxies === 0) return networkOf(direct) ?? 'unknown';
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  const seen = forwarded.map((text) => text.trim()).at(-trustedProxies) ?? '';
  return networkOf(seen) ?? networkOf(direct) ?? 'unknown';
}

function networkOf(text: string): string | null {
  if (!ipaddr.isValid(text)) return null;
  const address = ipaddr.process(text);
  if (address.kind() === 'ipv4') return address.toString();
  const { parts } = address as ipaddr.IPv6;
  return parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':');
}
