import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { freePort, isFree } from './free-port.ts';

describe('a free port', () => {
  it('is none that a system hands out by itself, nor one that was given before', async () => {
    const ports = [await freePort(), await freePort(), await freePort()];
    expect(new Set(ports).size).toBe(3);
    for (const port of ports) expect(port > 10_080 && port < 16_000).toBe(true);
  });

  it.each(['127.0.0.1', '0.0.0.0'])('is free no more once somebody listens on %s', async (host) => {
    const port = await freePort();
    const server = createServer().listen(port, host);
    await once(server, 'listening');
    expect(await isFree(port)).toBe(false);
    server.close();
    await once(server, 'close');
    expect(await isFree(port)).toBe(true);
  });
});
