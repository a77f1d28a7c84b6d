import { describe, expect, it } from '@jest/globals';
import { createEgress } from './create-egress.ts';
import { EgressRefused } from './egress-refused.ts';
import { isPublicAddress } from './public-address.ts';
import { isPortOpen } from './ports.ts';

const signal = new AbortController().signal;
const http = { protocol: 'http', signal } as const;
const names: Record<string, string[]> = {
  'public.test': ['93.184.216.34'],
  'both.test': ['2606:4700::1111', '93.184.216.34'],
  'six.test': ['2606:4700::1111'],
  'mixed.test': ['93.184.216.34', '10.0.0.5'],
  '127.0.0.1.nip.test': ['127.0.0.1'],
  'mapped.test': ['::ffff:169.254.169.254'],
  'empty.test': [],
};
const resolve = async (host: string) => names[host] ?? [];

describe('isPublicAddress', () => {
  it.each([
    ...['127.0.0.1', '127.255.255.254', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
    ...['169.254.169.254', '100.64.0.1', '100.100.100.200', '192.0.0.192', '192.0.2.1', '198.18.0.1'],
    ...['198.51.100.1', '203.0.113.1', '224.0.0.1', '240.0.0.1', '255.255.255.255', '192.88.99.1'],
    ...['168.63.129.16', '::', '::1', '::7f00:1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:0:127.0.0.1'],
    ...['64:ff9b::7f00:1', '64:ff9b::a00:1', '64:ff9b:1::808:808', '2002:7f00:1::', '2002:808:808::1'],
    ...['2001:0:1::1', 'fc00::1', 'fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1'],
    ...['2001:db8::1', '3fff::1', '100::1', '5f00::1', '4000::1', 'not an address', ''],
  ])('refuses %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['8.8.8.8', '93.184.216.34', '2606:4700::1111', '::ffff:8.8.8.8', '64:ff9b::808:808'])(
    'accepts %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
});

describe('resolveTarget', () => {
  const egress = createEgress({ allow: '', resolve });

  it('pins the one address that was checked, IPv4 first', async () => {
    expect(await egress.resolveTarget('Public.Test.', 443, http)).toEqual({
      host: 'public.test',
      port: 443,
      address: '93.184.216.34',
      family: 4,
      listed: false,
    });
    expect((await egress.resolveTarget('both.test', 443, http)).address).toBe('93.184.216.34');
    expect(await egress.resolveTarget('six.test', 443, http)).toMatchObject({ family: 6 });
  });

  it.each([
    ['mixed.test', 'address'],
    ['127.0.0.1.nip.test', 'address'],
    ['mapped.test', 'address'],
    ['127.0.0.1', 'address'],
    ['127.0.0.1.', 'address'],
    ['[::1]', 'address'],
    ['0:0:0:0:0:0:0:1', 'address'],
    ['127.1', 'host_spelling'],
    ['2130706433', 'host_spelling'],
    ['0x7f000001', 'host_spelling'],
    ['0177.0.0.1', 'host_spelling'],
    ['127。0。0。1', 'host_spelling'],
    ['127．0．0．1', 'host_spelling'],
    ['１２７.0.0.1', 'host_spelling'],
    ['public。test', 'host_spelling'],
    ['fe80::1%eth0', 'host_spelling'],
    ['a b.test', 'host_spelling'],
    ['user@public.test', 'host_spelling'],
    ['public.test/x', 'host_spelling'],
    ['public.test\r\nx', 'host_spelling'],
    ['public..test', 'host_spelling'],
    ['/var/run/postgresql', 'host_spelling'],
    ['', 'host_spelling'],
  ])('refuses %j (%s)', async (host, reason) => {
    const refusal = await egress.resolveTarget(host, 443, http).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(EgressRefused);
    expect(refusal).toMatchObject({ reason });
  });

  it('says that a name without addresses was not found, and stops waiting when aborted', async () => {
    await expect(egress.resolveTarget('empty.test', 443, http)).rejects.toMatchObject({ code: 'ENOTFOUND' });
    const slow = createEgress({ allow: '', resolve: () => new Promise(() => undefined) });
    const stopped = AbortSignal.abort(new Error('stop'));
    const waiting = slow.resolveTarget('x.test', 443, { protocol: 'http', signal: stopped });
    await expect(waiting).rejects.toThrow('stop');
  });

  it('lets the operator name exact hosts and ports', async () => {
    const open = createEgress({
      allow: ' 127.0.0.1:8125, LocalHost:5432,[::1]:25 ',
      resolve: async () => ['127.0.0.1'],
    });
    expect(await open.resolveTarget('127.0.0.1', 8125, http)).toMatchObject({ listed: true });
    expect(await open.resolveTarget('localhost', 5432, http)).toMatchObject({ address: '127.0.0.1' });
    expect(await open.resolveTarget('[0:0::1]', 25, http)).toMatchObject({ host: '::1', family: 6 });
    await expect(open.resolveTarget('127.0.0.1', 8126, http)).rejects.toMatchObject({ reason: 'address' });
    await expect(open.resolveTarget('localhost', 8125, http)).rejects.toMatchObject({ reason: 'address' });
    await expect(open.resolveTarget('127.1', 8125, http)).rejects.toMatchObject({ reason: 'host_spelling' });
  });

  it.each(['127.0.0.1', '*:80', 'x:0', 'x:70000', '127.1:80', 'http://x:80', 'a:b:80'])(
    'refuses the allow-list entry %s, naming it',
    (allow) => {
      expect(() => createEgress({ allow })).toThrow(`"${allow}"`);
    },
  );
});

describe('isPortOpen', () => {
  it.each([
    ['http', [80, 443, 3000, 8080, 8443], [0, 22, 25, 587, 5432, 6379, 6667, 11211, 27017, 65_536, 1.5]],
    ['postgres', [5432, 6543], [22, 25, 80, 443]],
    ['smtp', [25, 465, 587, 2525], [22, 80, 5432]],
  ] as const)('%s', (protocol, open, closed) => {
    for (const port of open) expect([port, isPortOpen(protocol, port)]).toEqual([port, true]);
    for (const port of closed) expect([port, isPortOpen(protocol, port)]).toEqual([port, false]);
  });
});
