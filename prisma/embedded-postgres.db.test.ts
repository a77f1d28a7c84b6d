import { once } from 'node:events';
import { rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { freePort } from '../free-port.ts';
import { scratchDataDir, startEmbeddedPostgres } from './embedded-postgres.ts';

const dataDir = scratchDataDir();
const start = async (port?: number) =>
  startEmbeddedPostgres({ dataDir, port: port ?? (await freePort()), durable: false });

afterAll(() => rm(dirname(dataDir), { recursive: true, force: true }));

describe('the embedded PostgreSQL', () => {
  it('starts, keeps its password to itself, and keeps its data', async () => {
    const server = await start();
    await query(server.url, "CREATE TABLE kept AS SELECT 'Łódź, 東京'::text AS city");
    expect((await stat(`${dataDir}.password`)).mode & 0o777).toBe(0o600);
    await server.stop();
    await server.exited;
    await expect(query(server.url, 'SELECT 1')).rejects.toThrow();
    const again = await start();
    expect(await query(again.url, 'SELECT city FROM kept')).toEqual([{ city: 'Łódź, 東京' }]);
    await again.stop();
  });

  it('is taken over when it still runs', async () => {
    const first = await start();
    const second = await start();
    expect([second.pid, second.port]).toEqual([first.pid, first.port]);
    await second.stop();
    await first.exited;
  });

  it('starts again after it was killed', async () => {
    const killed = await start();
    process.kill(killed.pid, 'SIGKILL');
    await killed.exited;
    const again = await start();
    expect(await query(again.url, 'SELECT count(*)::int AS n FROM kept')).toEqual([{ n: 1 }]);
    await again.stop();
  });

  it('is not misled by a process that has the number of a server of long ago', async () => {
    await writeFile(join(dataDir, 'postmaster.pid'), `${process.pid}\n${dataDir}\n0\n5432\n`);
    const server = await start();
    await server.stop();
  });

  it('names a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(start(port)).rejects.toThrow(`Port ${port} is taken by another program.`);
    other.close();
  });

  it('says what to do when the password file is gone', async () => {
    await rm(`${dataDir}.password`);
    await expect(start()).rejects.toThrow(/Please put that file back/);
  });
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
