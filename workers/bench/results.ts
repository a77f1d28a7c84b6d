import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { HOME, ROOT } from '../local/home.ts';
import type { Results } from './model.ts';

/** Where results are kept: `.levqor/results`, not in git. */
export const RESULTS = join(HOME, 'results');

/** Writes the results; gives the file's path from the repository's folder. */
export async function writeResults(results: Results): Promise<string> {
  await mkdir(RESULTS, { recursive: true, mode: 0o700 });
  const file = join(RESULTS, `${results.kind}-${results.date.replaceAll(/[:.]/g, '-')}.json`);
  await writeFile(file, `${JSON.stringify(results, null, 2)}\n`);
  return relative(ROOT, file);
}
