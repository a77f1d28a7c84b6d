import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CACHE, ROOT } from './home.ts';

/** What goes into the bundle, besides all of `workflows/`. */
const BESIDES = ['temporal/failure-converter.ts', 'workers/bundle.ts', 'package-lock.json'];
const PREFIX = 'workflows-';

/**
 * The file with the bundled workflows, made anew when something in it has changed. A process of its own makes it: in the
 * worker the bundler would hold 200 MB for as long as that lives. Throws what that process wrote when it fails.
 */
export async function workflowBundle(): Promise<string> {
  const file = join(CACHE, `${PREFIX}${await hashOfSources()}.js`);
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (!isThere) await bundleInto(file);
  return file;
}

async function bundleInto(file: string): Promise<void> {
  const draft = `${file}.${process.pid}`;
  await promisify(execFile)(process.execPath, ['--import', './ts-hook.mjs', 'workers/bundle.ts', draft], {
    cwd: ROOT,
  });
  for (const name of await readdir(CACHE))
    if (name.startsWith(PREFIX) && join(CACHE, name) !== draft) await rm(join(CACHE, name));
  await rename(draft, file);
}

async function hashOfSources(): Promise<string> {
  const sources = await readdir(join(ROOT, 'workflows'), { recursive: true });
  const files = sources.filter((name) => /\.[jt]s$/.test(name) && !name.endsWith('.test.ts'));
  const hash = createHash('sha256');
  for (const name of [...files.map((one) => join('workflows', one)), ...BESIDES].sort())
    hash.update(`${name}\n`).update(await readFile(join(ROOT, name)));
  return hash.digest('hex').slice(0, 16);
}
