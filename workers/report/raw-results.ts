import { copyFile, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { resultsSchema, type Results } from '../bench/model.ts';
import { chaosResultSchema } from './chaos-result.ts';
import type { RawResults } from './engine-report.ts';

/** A file of results and what is in it. */
export interface ResultFile {
  name: string;
  results: Results;
}

/**
 * Which results a report uses: the newest of those with the most figures, since one that was made by `--only` tells
 * little. Null when there are none.
 */
export function bestOf(kind: Results['kind'], files: readonly ResultFile[]): ResultFile | null {
  const [best] = files
    .filter(({ results }) => results.kind === kind)
    .sort(
      ({ results: a }, { results: b }) =>
        b.figures.length - a.figures.length || Date.parse(b.date) - Date.parse(a.date),
    );
  return best ?? null;
}

/**
 * Copies what a report uses from `source` to `target`, which then holds nothing else. Leaves `target` as it is when
 * `source` has no results: the report is then made again from the copies.
 */
export async function takeResults(source: string, target: string): Promise<void> {
  const names = await resultNames(source);
  if (names.length === 0) return;
  const { files } = await readResults(source);
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  for (const file of files) await copyFile(join(source, file), join(target, file));
}

/** Reads the results in a folder. Throws an error that names the file that is not as it should be. */
export async function readResults(folder: string): Promise<RawResults> {
  const names = await resultNames(folder);
  const benches: ResultFile[] = [];
  const chaos: { name: string; result: RawResults['chaos'][number] }[] = [];
  for (const name of names) {
    const value: unknown = JSON.parse(await readFile(join(folder, name), 'utf8'));
    try {
      if (name.startsWith('chaos-')) chaos.push({ name, result: chaosResultSchema.parse(value) });
      else benches.push({ name, results: resultsSchema.parse(value) });
    } catch (error) {
      throw new Error(`${join(folder, name)} is not a result as this version writes it`, { cause: error });
    }
  }
  chaos.sort((a, b) => a.result.startedAt.localeCompare(b.result.startedAt));
  const [engine, memory] = [bestOf('engine', benches), bestOf('memory', benches)];
  return {
    engine: engine?.results ?? null,
    memory: memory?.results ?? null,
    chaos: chaos.map(({ result }) => result),
    files: [...[engine, memory, ...chaos].flatMap((file) => file?.name ?? [])],
  };
}

async function resultNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => /^(engine|memory|chaos)-.*\.json$/.test(name)).sort();
}
