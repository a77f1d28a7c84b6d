import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { buildGraphiql } from './graphiql-build.ts';
import { ROOT } from './home.ts';
import { say } from './terminal.ts';

const WEB = join(ROOT, 'web');
const STAMP = join(WEB, '.next', 'levqor-sources');
/** What goes into the pages besides `web/` itself. */
const BESIDES = [
  'workflows/approvals/approval-terms.ts',
  'workflows/approvals/decision-refusal.ts',
  'workflows/approvals/settle.ts',
  'workflows/ids.ts',
  'workflows/endpoints/model.ts',
  'workflows/telemetry/limits.ts',
  'workflows/telemetry/model.ts',
  'workflows/telemetry/scrub.ts',
  'workflows/tenancy/model.ts',
  'workflows/tenancy/permissions.ts',
  'package-lock.json',
  'tsconfig.json',
];
const NOT_SOURCES = /(^|\/)(\.next|e2e|test-results|next-env\.d\.ts)(\/|$)|\.test\.ts$/;

/** Builds the pages of the web app, unless those that are there came from the same files. Throws what the build wrote. */
export async function buildWeb(): Promise<void> {
  const sources = await hashOfSources();
  const built = await readFile(STAMP, 'utf8').catch(() => null);
  if (built === sources) return;
  say('web', 'building the pages (once, about half a minute)');
  await rm(STAMP, { force: true });
  const next = join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next');
  try {
    await promisify(execFile)(process.execPath, [next, 'build'], {
      cwd: WEB,
      // Its helpers are found beside this Node.
      env: { PATH: dirname(process.execPath), NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`The pages of the web app could not be built:\n${stdout}${stderr}`);
  }
  await buildGraphiql();
  await writeFile(STAMP, sources);
}

async function hashOfSources(): Promise<string> {
  const names = await readdir(WEB, { recursive: true, withFileTypes: true });
  const own = names
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length))
    .filter((file) => !NOT_SOURCES.test(file));
  const hash = createHash('sha256');
  for (const file of [...own, ...BESIDES].sort())
    hash.update(`${file}\n`).update(await readFile(join(ROOT, file)));
  return hash.digest('hex');
}
