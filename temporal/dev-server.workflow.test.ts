import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Connection } from '@temporalio/client';
import { freePort } from '../free-port.ts';
import { findTemporalServer, startTemporalServer } from './dev-server.ts';

let folder: string;
let binary: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'levqor-scratch-'));
  binary = await findTemporalServer({ cacheDir: join(import.meta.dirname, '..', '.cache'), say: () => {} });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const start = async (port?: number) =>
  startTemporalServer({
    binary,
    dbFile: join(folder, 'temporal.db'),
    logFile: join(folder, 'temporal.log'),
    port: port ?? (await freePort()),
    uiPort: null,
    searchAttributes: { LevqorTenant: 'Keyword' },
  });

describe("Temporal's development server", () => {
  it('keeps what it holds, and ends the one that a crash left behind on the same file', async () => {
    const leftBehind = await start();
    const namespace = { namespace: 'kept', workflowExecutionRetentionPeriod: { seconds: 86_400 as never } };
    await withConnection(leftBehind.address, (service) => service.registerNamespace(namespace));
    const server = await start();
    await leftBehind.exited;
    const found = await withConnection(server.address, (service) => service.describeNamespace(namespace));
    expect(found.namespaceInfo?.name).toBe('kept');
    await server.stop();
    await server.exited;
  });

  it('names a port that is taken', async () => {
    const other = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(start(port)).rejects.toThrow(`Port ${port} is taken by another program.`);
    other.close();
  });
});

async function withConnection<T>(
  address: string,
  use: (service: Connection['workflowService']) => Promise<T>,
): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await use(connection.workflowService);
  } finally {
    await connection.close();
  }
}
