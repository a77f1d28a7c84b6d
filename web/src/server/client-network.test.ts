import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { clientNetwork } from './client-network.ts';

const from = (remoteAddress: string, forwarded?: string) =>
  ({
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    socket: { remoteAddress },
  }) as unknown as IncomingMessage;

describe('the network of a request', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8::6', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
  ])('%s is %s', (address, network) => expect(clientNetwork(from(address), 0)).toBe(network));

  it('is what the last trusted proxy saw, and never what the client says itself', () => {
    const said = '198.51.100.1, 203.0.113.5, 192.0.2.9';
    expect(clientNetwork(from('127.0.0.1', said), 0)).toBe('127.0.0.1');
    expect(clientNetwork(from('127.0.0.1', said), 1)).toBe('192.0.2.9');
    expect(clientNetwork(from('127.0.0.1', said), 2)).toBe('203.0.113.5');
    expect(clientNetwork(from('127.0.0.1'), 1)).toBe('127.0.0.1');
  });
});
