// Started by jest-servers.mjs. Reads `{ pid }` and `{ folder }`, one JSON a line; when its input closes, because
// the tests ended or were killed, it ends what still runs and removes the folders.
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import './ts-hook.mjs';

const { stopProcess } = await import('./server-process.ts');

const pids = [];
const folders = [];
for await (const line of createInterface({ input: process.stdin })) {
  const { pid, folder } = JSON.parse(line);
  if (pid) pids.push(pid);
  if (folder) folders.push(folder);
}
await Promise.allSettled(pids.map((pid) => stopProcess(pid, ['SIGINT'], 5_000)));
for (const folder of folders) rmSync(folder, { recursive: true, force: true });
