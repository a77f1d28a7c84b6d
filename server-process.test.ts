import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commandLineOf, isAlive, spawnServer, stopProcess } from './server-process.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'levqor-scratch-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const serve = (script: string) =>
  spawnServer({
    file: process.execPath,
    args: ['-e', script],
    logFile: join(folder, 'server.log'),
    env: {},
    cwd: folder,
    account: null,
  });

describe('a server process', () => {
  it('writes its log, is seen by its command line, and ends at the first signal', async () => {
    const server = await serve('console.log("up"); setInterval(() => {}, 1000)');
    await logged('up');
    expect(await commandLineOf(server.pid)).toContain('setInterval');
    await stopProcess(server.pid, ['SIGTERM']);
    await server.exited;
    expect(isAlive(server.pid)).toBe(false);
  });

  it('that ignores signals is killed when its time is up', async () => {
    const server = await serve(
      'process.on("SIGTERM", () => {}); console.log("deaf"); setInterval(() => {}, 1000)',
    );
    await logged('deaf');
    await stopProcess(server.pid, ['SIGTERM'], 100);
    await server.exited;
    expect(isAlive(server.pid)).toBe(false);
  });

  it('that cannot be run says so', async () => {
    const missing = { file: join(folder, 'nothing'), args: [], env: {}, cwd: folder, account: null };
    await expect(spawnServer({ ...missing, logFile: join(folder, 'x.log') })).rejects.toThrow(/ENOENT/);
  });

  it('that has ended already needs no stopping', async () => {
    const server = await serve('');
    await server.exited;
    await stopProcess(server.pid, ['SIGTERM']);
  });
});

async function logged(word: string): Promise<void> {
  while (!(await readFile(join(folder, 'server.log'), 'utf8')).includes(word))
    await new Promise((resolve) => setImmediate(resolve));
}
