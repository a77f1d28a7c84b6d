import { open, stat } from 'node:fs/promises';

/** How much of a log's end is looked at, in bytes. */
const LOOK = 4096;

/** How long a log is by now, in bytes; 0 when there is none. */
export async function logSize(file: string): Promise<number> {
  const known = await stat(file).catch(() => null);
  return known?.size ?? 0;
}

/**
 * Why a process could not go on: the last line that it wrote in plain words since its log had `begin` bytes, an error
 * before all else; what it says in its work is JSON. Null when there is none.
 */
export async function lastWords(file: string, begin: number): Promise<string | null> {
  const size = await logSize(file);
  const from = Math.max(size - LOOK, size < begin ? 0 : begin);
  const log = await open(file).catch(() => null);
  if (log === null) return null;
  try {
    const { buffer, bytesRead } = await log.read(Buffer.alloc(LOOK), 0, LOOK, from);
    const lines = buffer.toString('utf8', 0, bytesRead).split('\n');
    const plain = lines.filter((line) => line.trim() !== '' && !line.startsWith('{'));
    return plain.findLast((line) => line.includes('Error: ')) ?? plain.at(-1) ?? null;
  } finally {
    await log.close();
  }
}
