import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { TenantId } from '../workflows/ids.ts';
import { openDatabase } from './database.ts';

let server: Server;
let connections = 0;

/** A message of PostgreSQL's protocol: its letter, its length, its content. */
function message(letter: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(content.length + 4);
  return Buffer.concat([Buffer.from(letter), length, content]);
}

// Says in one breath that it is ready and that it ends, as a server does that is killed at this very moment.
beforeAll(async () => {
  const ready = [message('R', Buffer.alloc(4)), message('Z', Buffer.from('I'))];
  const fatal = message('E', Buffer.from('SFATAL\0VFATAL\0C57P01\0Mterminating connection\0\0'));
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      connections += 1;
      socket.end(Buffer.concat([...ready, fatal]));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => void server.close());

it('a connection that is lost the moment it is made fails the call, and not the process', async () => {
  const { port } = server.address() as AddressInfo;
  const database = openDatabase(`postgresql://levqor_app:x@127.0.0.1:${port}/levqor`);
  const tenantId = '00000000-0000-4000-8000-000000000001' as TenantId;
  await expect(database.withTenant(tenantId, async () => 'never')).rejects.toThrow();
  expect(connections).toBeGreaterThan(0);
  await database.close();
}, 30_000);
