import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openLoopbackProxy, type LoopbackProxy } from './loopback-proxy.ts';

let echo: Server;
let proxy: LoopbackProxy;
const clients: Socket[] = [];
/** Says back what it hears. */
beforeEach(async () => {
  echo = createServer((socket) => void socket.on('error', () => undefined).pipe(socket)).listen(
    0,
    '127.0.0.1',
  );
  await once(echo, 'listening');
  proxy = await openLoopbackProxy((echo.address() as AddressInfo).port);
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await proxy.close();
  echo.close();
});

async function open(): Promise<Socket> {
  const client = connect({ host: '127.0.0.1', port: proxy.port });
  client.on('error', () => undefined);
  clients.push(client);
  await once(client, 'connect');
  return client;
}
// `once` would throw the error that comes before.
const closeOf = (client: Socket) => new Promise((resolve) => client.once('close', resolve));

async function said(client: Socket, text: string): Promise<string> {
  const heard = once(client, 'data');
  client.write(text);
  return String((await heard)[0]);
}

describe('the proxy', () => {
  it('passes everything on, both ways, up to the end of each', async () => {
    const client = await open();
    const chunks: Buffer[] = [];
    client.on('data', (chunk: Buffer) => chunks.push(chunk));
    const large = Buffer.alloc(1_000_000, 'x');
    client.end(large);
    await once(client, 'end');
    expect(Buffer.concat(chunks).equals(large)).toBe(true);
  });

  it('breaks off what is open, and takes new ones', async () => {
    const client = await open();
    expect(await said(client, 'one')).toBe('one');
    const closed = closeOf(client);
    expect(proxy.cut()).toBe(1);
    await closed;
    expect(await said(await open(), 'two')).toBe('two');
  });

  it('passes nothing while it is dark, and all of it afterwards', async () => {
    const client = await open();
    expect(await said(client, 'one')).toBe('one');
    proxy.dark(true);
    let heard = '';
    client.on('data', (chunk) => (heard += String(chunk)));
    client.write('two');
    const late = await open();
    late.write('three');
    // Another connection around the proxy goes to and fro meanwhile.
    const beside = connect({ host: '127.0.0.1', port: (echo.address() as AddressInfo).port });
    clients.push(beside);
    for (let i = 0; i < 20; i += 1) await said(beside, 'ping');
    expect(heard).toBe('');
    const both = Promise.all([once(client, 'data'), once(late, 'data')]);
    proxy.dark(false);
    expect(String((await both)[1][0])).toBe('three');
    expect(heard).toBe('two');
  });

  it('is slow while it is told to be', async () => {
    const client = await open();
    proxy.slow({ latencyMs: 50, bytesPerSecond: 1_000_000 });
    const since = performance.now();
    expect(await said(client, 'one')).toBe('one');
    // There and back; a timer may fire a millisecond early.
    expect(performance.now() - since).toBeGreaterThan(98);
    proxy.slow(null);
    expect(await said(client, 'two')).toBe('two');
  });

  it('hangs up when nobody listens behind it', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    const other = await openLoopbackProxy(port);
    const client = connect({ host: '127.0.0.1', port: other.port });
    client.on('error', () => undefined);
    await closeOf(client);
    await other.close();
  });
});
