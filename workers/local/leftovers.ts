import { join } from 'node:path';
import { commandLineOf, isAlive, stopProcess } from '../../server-process.ts';
import { HOME, readJson, writePrivate } from './home.ts';
import { say } from './terminal.ts';

const PARTS_FILE = join(HOME, 'parts.json');

/** A process that we started: its id may have gone to another program since, hence the command line. */
interface KnownPart {
  pid: number;
  command: string;
}

/** Notes which processes are ours, for the next start after one that could not clean up. */
export async function noteParts(pids: Record<string, number>): Promise<void> {
  const parts: Record<string, KnownPart> = {};
  for (const [name, pid] of Object.entries(pids)) parts[name] = { pid, command: await commandLineOf(pid) };
  await writePrivate(PARTS_FILE, parts);
}

/** Ends what an earlier start left running when it was killed. Only processes that are surely ours. */
export async function endLeftovers(): Promise<void> {
  const parts = (await readJson<Record<string, KnownPart>>(PARTS_FILE)) ?? {};
  for (const [name, { pid, command }] of Object.entries(parts).reverse()) {
    if (command === '' || !isAlive(pid) || (await commandLineOf(pid)) !== command) continue;
    say(name, `ending what an earlier start left running (process ${pid})`);
    await stopProcess(pid, name === 'postgres' ? ['SIGINT', 'SIGQUIT'] : ['SIGTERM']);
  }
}
