import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { commandLineOf, isAlive, spawnServer, stopProcess } from '../server-process.ts';
import { postgresAccount, unreachablePart, type PostgresAccount } from './postgres-account.ts';
import { postgresBinaries, SHARED_FOLDER } from './postgres-binaries.ts';

/** How to start a PostgreSQL of our own. */
export interface EmbeddedPostgresOptions {
  /** Made when missing. Beside it stand `<dataDir>.password` (mode 600) and `<dataDir>.log`. */
  dataDir: string;
  port: number;
  /** False only for tests: quicker, but a power cut may lose everything. */
  durable?: boolean;
  log?: (line: string) => void;
}

/** A PostgreSQL that answers on 127.0.0.1. */
export interface EmbeddedPostgres {
  /** For the superuser `postgres`, with its password. */
  url: string;
  port: number;
  pid: number;
  /** Resolves when the server has ended, for whatever reason. */
  exited: Promise<void>;
  stop(): Promise<void>;
}

/** Times in milliseconds. Starting after a crash may take a while, since PostgreSQL repeats its journal first. */
const START_LIMIT = 60_000;
const LEFTOVER_LIMIT = 10_000;
const POLL = 50;
const FIXED_ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' };

/**
 * Starts PostgreSQL from npm's binaries and waits until it answers. A folder whose server still runs is taken over
 * as it is, port included. Throws an error that says what to do: port taken, library missing, foreign folder.
 */
export async function startEmbeddedPostgres(given: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const options = { ...given, dataDir: resolve(given.dataDir) };
  const { dataDir, log = () => {} } = options;
  const account = postgresAccount(dataDir);
  const password = await ensureDataDir(dataDir, account, log);
  const running = await runningServer(dataDir, password);
  if (running) {
    log(`PostgreSQL already runs on port ${running.port} (process ${running.pid}): using it`);
    return { ...running, exited: endOf(running.pid), stop: () => stopServer(running.pid) };
  }
  const deadline = Date.now() + LEFTOVER_LIMIT;
  for (;;) {
    const outcome = await tryStart(options, account, password);
    if (!('failure' in outcome)) return outcome;
    // The children of a killed server need a moment to notice that it is gone.
    if (!outcome.failure.includes('pre-existing shared memory block') || Date.now() > deadline)
      throw new Error(explain(outcome.failure, options));
    await pause(POLL * 10);
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

async function tryStart(
  { dataDir, port, durable = true }: EmbeddedPostgresOptions,
  account: PostgresAccount | null,
  password: string,
): Promise<EmbeddedPostgres | { failure: string }> {
  const { postgres } = await postgresBinaries(account);
  const logFile = `${dataDir}.log`;
  const logStart = (await stat(logFile).catch(() => null))?.size ?? 0;
  const quick = durable ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' };
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    timezone: 'UTC',
    max_connections: 200,
    ...quick,
  };
  const args = ['-D', dataDir, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])];
  const command = { file: postgres, args, logFile, env: FIXED_ENVIRONMENT, cwd: '/', account };
  const server = await spawnServer(command).catch((error: Error) => ({ failure: error.message }));
  if ('failure' in server) return server;
  let ended = false;
  void server.exited.then(() => (ended = true));
  const url = urlOf(port, password);
  const deadline = Date.now() + START_LIMIT;
  while (!(await answers(url))) {
    if (ended) return { failure: await readFrom(logFile, logStart) };
    if (Date.now() > deadline) {
      await stopServer(server.pid);
      return { failure: `no answer within ${START_LIMIT / 1000} seconds; its log is ${logFile}` };
    }
    await pause(POLL);
  }
  return { ...server, url, port, stop: () => stopServer(server.pid) };
}

/** SIGINT ends sessions and writes a checkpoint; SIGQUIT leaves the journal to the next start. */
async function stopServer(pid: number): Promise<void> {
  await stopProcess(pid, ['SIGINT', 'SIGQUIT']);
}

async function endOf(pid: number): Promise<void> {
  while (isAlive(pid)) await pause(500, undefined, { ref: false });
}

/** The server that works on this folder, as its own `postmaster.pid` tells; null when there is none. */
async function runningServer(dataDir: string, password: string) {
  const note = await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => '');
  const [pid = 0, , , port = 0] = note.split('\n').map(Number);
  if (!pid || !isAlive(pid) || !(await commandLineOf(pid)).includes(dataDir)) {
    // PostgreSQL itself would be misled by a foreign process that was given the same number since.
    await rm(join(dataDir, 'postmaster.pid'), { force: true });
    return null;
  }
  const url = urlOf(port, password);
  const deadline = Date.now() + LEFTOVER_LIMIT;
  while (isAlive(pid)) {
    if (await answers(url)) return { pid, port, url };
    if (Date.now() > deadline)
      throw new Error(
        `A PostgreSQL server (process ${pid}) holds ${dataDir} but does not answer. Please end it with "kill ${pid}" and start again.`,
      );
    await pause(POLL);
  }
  return null;
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

function urlOf(port: number, password: string): string {
  return `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
}

/** Makes the folder with `initdb` when it is not there yet, whole or not at all. Returns the superuser's password. */
async function ensureDataDir(
  dataDir: string,
  account: PostgresAccount | null,
  log: (line: string) => void,
): Promise<string> {
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
  await initialise(`${dataDir}.new`, account, password);
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

async function initialise(folder: string, account: PostgresAccount | null, password: string): Promise<void> {
  const { initdb } = await postgresBinaries(account);
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
  const args = [`--pgdata=${folder}`, '--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', ...flags];
  try {
    await promisify(execFile)(initdb, args, { env: FIXED_ENVIRONMENT, cwd: '/', ...(account ?? {}) });
  } catch (error) {
    throw new Error(explain(error instanceof Error ? error.message : String(error), { dataDir: folder, port: 0 }));
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function readFrom(file: string, start: number): Promise<string> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const from = Math.max(start, size - 8_192);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** PostgreSQL's own words, turned into what a person can do about them. */
function explain(failure: string, { dataDir, port }: EmbeddedPostgresOptions): string {
  const otherwise = 'Or set DATABASE_URL to a PostgreSQL 15 server of your own.';
  const library = /error while loading shared libraries: ([^:\s]+)/.exec(failure)?.[1];
  if (library)
    return `PostgreSQL needs the system library ${library}. Please install it (Debian, Ubuntu: apt-get install ${library.startsWith('libstdc++') ? 'libstdc++6' : 'libgcc-s1 libc6'}). ${otherwise}`;
  if (/Address already in use/.test(failure))
    return `Port ${port} is taken by another program. Please end that program or choose another port.`;
  if (/is not compatible|incompatible with server/.test(failure))
    return `The database in ${dataDir} was made by another version of PostgreSQL. Please move the folder away to begin with an empty database. ${otherwise}`;
  if (/wrong ownership|Permission denied|EACCES/.test(failure))
    return `The database folder ${dataDir} belongs to another user. Please start as that user, or move the folder away. ${otherwise}`;
  return `PostgreSQL did not start in ${dataDir}: ${failure.trim()} ${otherwise}`;
}
