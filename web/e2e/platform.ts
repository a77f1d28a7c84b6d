import { readFile } from 'node:fs/promises';
import { TEST } from './config.ts';

interface LocalFile {
  apiUrl: string;
  pids: Record<string, number>;
}

/** The platform under test: where its API is, and the process ids of its parts. */
export async function platform(): Promise<LocalFile> {
  return JSON.parse(await readFile(TEST.localFile, 'utf8')) as LocalFile;
}

/** Holds up a part of the platform, so that it answers nobody, while something is done. */
export async function without(part: 'api', act: () => Promise<void>): Promise<void> {
  const pid = (await platform()).pids[part];
  if (pid === undefined) throw new Error(`The platform has no part "${part}".`);
  process.kill(pid, 'SIGSTOP');
  try {
    await act();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}
