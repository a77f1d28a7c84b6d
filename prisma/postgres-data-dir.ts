import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { postgresAccount, unreachablePart, type PostgresAccount } from './postgres-account.ts';
import { SHARED_FOLDER } from './postgres-binaries.ts';
import { explainFailure } from './postgres-failure.ts';

/** PostgreSQL's programs see nothing of ours: its messages stay in English, its times in UTC. */
export const POSTGRES_ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' };

/** Where the folder is, who owns it and which program makes it. */
export interface DataDirOptions {
  dataDir: string;
  account: PostgresAccount | null;
  initdb: string;
  log: (line: string) => void;
}

/** Makes the folder with `initdb` when it is not there yet, whole or not at all. Returns the superuser's password. */
export async function ensureDataDir({ dataDir, account, initdb, log }: DataDirOptions): Promise<string> {
  const passwordFile = `${dataDir}.password`;
  if (await stat(join(dataDir, 'PG_VERSION')).catch(() => null)) return readPassword(dataDir, passwordFile);
  log(`Creating a database folder in ${dataDir}`);
  await makeParents(dirname(dataDir));
  const closed = unreachablePart(account, dirname(dataDir));
  if (closed)
    throw new Error(
      `PostgreSQL does not run as root, and its own user may not enter ${closed}. Please choose a data folder below ${SHARED_FOLDER}, or run "chmod o+x ${closed}".`,
    );
  const password = randomBytes(24).toString('hex');
  await initialise(`${dataDir}.new`, { account, initdb, password });
  await writeFile(passwordFile, password, { mode: 0o600 });
  await rename(`${dataDir}.new`, dataDir);
  return password;
}

async function readPassword(dataDir: string, passwordFile: string): Promise<string> {
  try {
    return (await readFile(passwordFile, 'utf8')).trim();
  } catch {
    throw new Error(
      `The password of the database in ${dataDir} cannot be read from ${passwordFile}. Please put that file back, or start as the user who made it, or move the folder away to begin with an empty database.`,
    );
  }
}

async function makeParents(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; made.startsWith(first); made = dirname(made)) await chmod(made, 0o711);
}

async function initialise(
  folder: string,
  { account, initdb, password }: { account: PostgresAccount | null; initdb: string; password: string },
): Promise<void> {
  const passwordFile = `${folder}.password`;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (account) {
    await chown(folder, account.uid, account.gid);
    await chown(passwordFile, account.uid, account.gid);
  }
  // ICU sorts and compares names of every script alike on each machine; the system's own locales differ.
  const flags = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=und', '--no-sync'];
  const args = [
    `--pgdata=${folder}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    ...flags,
  ];
  try {
    await promisify(execFile)(initdb, args, { env: POSTGRES_ENVIRONMENT, cwd: '/', ...(account ?? {}) });
  } catch (error) {
    throw new Error(
      explainFailure(error instanceof Error ? error.message : String(error), { dataDir: folder, port: 0 }),
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/**
 * Where the data of the project folder `root` belongs: `.levqor/postgres` in it, or a folder below /var/lib/levqor
 * when we are root and PostgreSQL's own account may not enter `root` (a clone in /root, for example).
 */
export function embeddedDataDir(root: string): string {
  const inside = join(root, '.levqor', 'postgres');
  if (!unreachablePart(postgresAccount(inside), dirname(inside))) return inside;
  const name = createHash('sha256').update(root).digest('hex').slice(0, 12);
  return join(SHARED_FOLDER, name, 'postgres');
}

/** A data folder for a test: in the system's temporary folder, where PostgreSQL's account may enter it. */
export function scratchDataDir(): string {
  const name = join(`levqor-scratch-${randomBytes(6).toString('hex')}`, 'postgres');
  const closed = unreachablePart(postgresAccount(tmpdir()), tmpdir());
  return join(closed ? SHARED_FOLDER : tmpdir(), name);
}
