import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { canonicalJson, type JsonObject } from '../../workflows/json.ts';
import { UsageError } from './cli-error.ts';
import type { FlowFile } from './import-plan.ts';
import { readJsonFile } from './read-argument.ts';
import { slugOf } from './slug.ts';

/** One workflow of an export. */
export interface ManifestEntry {
  file: string;
  name: string;
  id: string;
  /** The newest published version, and the hash of what it means; null before the first. */
  version: number | null;
  hash: string | null;
  /** The draft that was on the server then. An import tells by it whether somebody saved another one since. */
  draftHash: string;
}

/** What was exported, from where and when: the file `levqor.json` beside the definitions. */
export interface Manifest {
  levqor: 'export-v1';
  url: string;
  exportedAt: string;
  /** What the files hold: the drafts, or the newest published versions. */
  holds: 'drafts' | 'published';
  workflows: ManifestEntry[];
}

const MANIFEST = 'levqor.json';
const ENDING = '.flow.json';

/** The manifest of a folder, or null when there is none. Throws UsageError. */
export function readManifest(folder: string): Manifest | null {
  const file = join(folder, MANIFEST);
  if (!existsSync(file)) return null;
  const manifest = readJsonFile(file) as unknown as Manifest;
  if (manifest.levqor === 'export-v1' && Array.isArray(manifest.workflows)) return manifest;
  throw new UsageError('manifest_invalid', `${file} is not the manifest of an export.`);
}

/** Writes the manifest of a folder. */
export function writeManifest(folder: string, manifest: Manifest): void {
  writeFileSync(join(folder, MANIFEST), textOf(manifest));
}

/** The definitions that a path means: one file, or every `.flow.json` of a folder. Throws UsageError. */
export function readFlowFiles(path: string): FlowFile[] {
  if (!existsSync(path)) throw new UsageError('file_missing', `There is no file or folder ${path}.`);
  if (!statSync(path).isDirectory()) return [readFlowFile(path)];
  const files = readdirSync(path)
    .filter((name) => name.endsWith(ENDING))
    .sort();
  if (files.length === 0)
    throw new UsageError('folder_empty', `${path} holds no file that ends in ${ENDING}.`);
  const flows = files.map((name) => readFlowFile(join(path, name)));
  const twice = flows.find((one, i) => flows.findIndex(({ name }) => sameName(name, one.name)) !== i);
  if (twice) throw new UsageError('name_twice', `Two files are for the workflow "${twice.name}".`);
  return flows;
}

/** One definition in a file. Its workflow is named by the manifest beside it, by itself, or by the file. Throws UsageError. */
export function readFlowFile(path: string): FlowFile {
  const definition = readJsonFile(path);
  const entry = readManifest(dirname(path))?.workflows.find(({ file }) => file === basename(path));
  const own = definition['name'];
  const name = entry?.name ?? (typeof own === 'string' && own !== '' ? own : basename(path, ENDING));
  const base = entry ? { workflowId: entry.id, draftHash: entry.draftHash } : null;
  return { file: path, name, definition, base };
}

/** Keeps in the manifest beside a file, if it tells of this workflow, which draft the server has now. */
export function noteSavedDraft(
  path: string,
  saved: { id: string; version: number | null; draftHash: string },
): void {
  const folder = dirname(path);
  const manifest = readManifest(folder);
  const entry = manifest?.workflows.find(({ file, id }) => file === basename(path) && id === saved.id);
  if (!manifest || !entry) return;
  if (entry.draftHash === saved.draftHash && entry.version === saved.version) return;
  Object.assign(entry, { draftHash: saved.draftHash, version: saved.version });
  writeManifest(folder, manifest);
}

/** A name for the file of each workflow: the one it had before, else its slug, with a number when that is taken. */
export function fileNames(
  workflows: readonly { id: string; name: string }[],
  before: Manifest | null,
): Map<string, string> {
  const known = new Map(before?.workflows.map(({ id, file }) => [id, file]));
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const take = (id: string, file: string) => {
    names.set(id, file);
    taken.add(file);
  };
  for (const { id } of workflows) {
    const file = known.get(id);
    if (file !== undefined && basename(file) === file) take(id, file);
  }
  for (const { id, name } of workflows) {
    if (names.has(id)) continue;
    const slug = slugOf(name);
    let file = `${slug}${ENDING}`;
    for (let n = 2; taken.has(file); n += 1) file = `${slug}-${n}${ENDING}`;
    take(id, file);
  }
  return names;
}

/** Writes a definition unless the file means the same already. Gives whether it was written. */
export function writeFlowFile(folder: string, file: string, definition: JsonObject): boolean {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, file);
  if (existsSync(path) && meansTheSame(path, definition)) return false;
  writeFileSync(path, textOf(definition));
  return true;
}

function meansTheSame(path: string, definition: JsonObject): boolean {
  try {
    return canonicalJson(JSON.parse(readFileSync(path, 'utf8')) as JsonObject) === canonicalJson(definition);
  } catch {
    return false;
  }
}

function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function textOf(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
