import { describe, expect, it } from '@jest/globals';
import { clientAddress } from './client-address.ts';

const from = (remoteAddress: string | undefined, forwarded: string | string[] | undefined, proxies: number) =>
  clientAddress({ headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress } } as never, proxies);

describe('clientAddress', () => {
  it.each<[string, string | undefined, string | string[] | undefined, number, string]>([
    ['the connection without proxies', '192.0.2.1', undefined, 0, '192.0.2.1'],
    ['no header unless proxies are trusted', '192.0.2.1', '198.51.100.7', 0, '192.0.2.1'],
    ['what the proxy saw', '10.0.0.1', '198.51.100.7', 1, '198.51.100.7'],
    ['not what the client says of itself', '10.0.0.1', '1.1.1.1, 198.51.100.7', 1, '198.51.100.7'],
    ['two proxies', '10.0.0.1', '1.1.1.1, 198.51.100.7, 10.0.0.2', 2, '198.51.100.7'],
    ['a header in two lines', '10.0.0.1', ['1.1.1.1', '198.51.100.7'], 1, '198.51.100.7'],
    ['past the proxies', '192.0.2.1', undefined, 1, '192.0.2.1'],
    ['a header that is too short', '192.0.2.1', '198.51.100.7', 2, '192.0.2.1'],
    ['a header of nonsense', '192.0.2.1', 'unknown', 1, '192.0.2.1'],
    ['IPv4 inside IPv6', '::ffff:192.0.2.1', undefined, 0, '192.0.2.1'],
    ['one network of IPv6', '2001:db8:1:2:3:4:5:6', undefined, 0, '2001:db8:1:2'],
    ['the same network', '2001:db8:1:2::1', undefined, 0, '2001:db8:1:2'],
    ['a socket that is gone', undefined, undefined, 0, 'unknown'],
  ])('%s', (_, remote, forwarded, proxies, expected) => {
    expect(from(remote, forwarded, proxies)).toBe(expected);
  });
});
