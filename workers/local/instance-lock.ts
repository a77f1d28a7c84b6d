import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '../../server-process.ts';
import { HOME } from './home.ts';

const LOCK_FILE = join(HOME, 'start.pid');

/**
 * Makes sure that one `npm start` runs in this folder. Gives a function that lets go, or the process id of the one
 * that is running. A lock whose process is gone is taken over.
 */
export async function lockInstance(): Promise<{ release: () => Promise<void> } | { runningPid: number }> {
  for (;;) {
    try {
      const file = await open(LOCK_FILE, 'wx', 0o600);
      await file.writeFile(String(process.pid));
      await file.close();
      return { release: () => rm(LOCK_FILE, { force: true }) };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const pid = Number(await readFile(LOCK_FILE, 'utf8').catch(() => ''));
    if (Number.isInteger(pid) && pid > 0 && isAlive(pid)) return { runningPid: pid };
    await rm(LOCK_FILE, { force: true });
  }
}
