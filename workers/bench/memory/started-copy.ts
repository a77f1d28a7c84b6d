import { spawn, type ChildProcess } from 'node:child_process';
import { once as onceOf } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { chmod, cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { freePort } from '../../../free-port.ts';
import { commandLineOf, isAlive, stopProcess } from '../../../server-process.ts';
import { CACHE, readJson, ROOT } from '../../local/home.ts';
import type { DemoRole } from '../../local/seed-demo.ts';
import { buildWeb } from '../../local/web-build.ts';
import { once } from '../../testing/shop.ts';
import { until } from '../../testing/until.ts';
import { inheritedEnvironment } from '../config.ts';
import { partsOf, readParents } from './process-memory.ts';

/** A platform started by `npm start` in a copy of this repository, so that the data of the user's own stays as it is. */
export interface StartedCopy {
  /** Starts it, and waits until its worker takes runs. */
  start(): Promise<StartTimes>;
  /** Ends every part of it; its data stay. */
  stop(): Promise<void>;
  /** Stops it and removes the copy. */
  remove(): Promise<void>;
  /** The process of npm, and by name those of the launcher (mail catcher included) and of its parts. */
  processes(): Promise<{ root: number; parts: Record<string, number> }>;
  /** The API key of one of the demo's people. */
  token(role: DemoRole): Promise<string>;
  /** What its PostgreSQL answers to `SHOW server_version`. */
  postgresVersion(): Promise<string>;
  apiUrl: string;
}

/** Seconds since `npm start` was asked for. */
export interface StartTimes {
  /** Until `/readyz` answered 200. */
  ready: number;
  /** Until the worker said that it is ready. */
  worker: number;
  /** Until the web app answered. */
  web: number;
}

const LEFT_OUT = ['node_modules', '.git', '.levqor', '.cache', '.env', 'coverage', 'dist'];
/** Times in milliseconds. */
const START_LIMIT = 180_000;
const STOP_LIMIT = 60_000;

interface LocalFile {
  databaseUrl: string;
  pids: Record<string, number>;
  keys: Record<DemoRole, string>;
}

/** Makes the copy. Its steps may reach the ports `allow` of this machine. */
export async function copyPlatform(allow: number[]): Promise<StartedCopy> {
  // Next builds nothing where node_modules is a link, so that the copy gets pages that are built already.
  await buildWeb();
  const folder = await copyFolder();
  const { settings, urls } = await freePlaces();
  settings['LEVQOR_EGRESS_ALLOW'] = allow.map((port) => `127.0.0.1:${port}`).join();
  let npm: ChildProcess | null = null;
  const local = async () => {
    const read = await readJson<LocalFile>(join(folder, '.levqor', 'local.json'));
    if (!read) throw new Error('The platform has not told yet which processes it has');
    return read;
  };
  const stop = async () => {
    if (npm?.pid !== undefined && npm.exitCode === null) await stopTree(npm, npm.pid);
    npm = null;
  };
  return {
    apiUrl: urls.api,
    start: async () => {
      const workerLog = join(folder, '.levqor', 'logs', 'worker.log');
      const before = await countReady(workerLog);
      const startedAt = performance.now();
      const seconds = () => (performance.now() - startedAt) / 1_000;
      npm = runNpmStart(folder, settings);
      const wait = untilIn(npm, join(folder, 'start.log'));
      await wait('readiness', () => isThere(`${urls.api}/readyz`));
      const ready = seconds();
      await wait('the worker', async () => (await countReady(workerLog)) > before);
      const worker = seconds();
      await wait('the web app', () => isThere(`${urls.web}/healthz`));
      return { ready, worker, web: seconds() };
    },
    stop,
    remove: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
    processes: async () => {
      if (npm?.pid === undefined) throw new Error('The platform does not run');
      const launcher = await launcherIn(treeOf(npm.pid));
      return { root: npm.pid, parts: { ...(await local()).pids, ...(launcher ? { launcher } : {}) } };
    },
    token: async (role) => (await local()).keys[role],
    postgresVersion: async () => {
      const { rows } = await once((await local()).databaseUrl, (client) =>
        client.query<{ server_version: string }>('SHOW server_version'),
      );
      return rows[0]?.server_version ?? 'unknown';
    },
  };
}

/** A copy of this repository without its data. What can be used together is not copied. */
async function copyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'levqor-copy-'));
  // The account of PostgreSQL must be able to pass through.
  await chmod(folder, 0o711);
  await cp(ROOT, folder, {
    recursive: true,
    filter: (path) => !LEFT_OUT.includes(relative(ROOT, path).split('/')[0] ?? ''),
  });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  await symlink(CACHE, join(folder, '.cache'));
  return folder;
}

async function freePlaces(): Promise<{
  settings: Record<string, string>;
  urls: { api: string; web: string };
}> {
  const [api, web] = [await freePort(), await freePort()];
  const settings: Record<string, string> = { LEVQOR_API_PORT: String(api), LEVQOR_WEB_PORT: String(web) };
  for (const name of ['TEMPORAL', 'TEMPORAL_UI', 'POSTGRES', 'SMTP', 'MAIL'])
    settings[`LEVQOR_${name}_PORT`] = String(await freePort());
  return { settings, urls: { api: `http://127.0.0.1:${api}`, web: `http://localhost:${web}` } };
}

function runNpmStart(folder: string, settings: Record<string, string>): ChildProcess {
  const log = openSync(join(folder, 'start.log'), 'a');
  const child = spawn('npm', ['start'], {
    cwd: folder,
    stdio: ['ignore', log, log],
    env: { ...inheritedEnvironment(), ...settings },
  });
  closeSync(log);
  return child;
}

/** Waits for things of a started platform; throws what it wrote when it ends instead. */
function untilIn(npm: ChildProcess, log: string) {
  return (what: string, look: () => Promise<boolean>): Promise<unknown> =>
    until(
      what,
      async () => {
        if (npm.exitCode !== null) throw new Error(`npm start ended:\n${await readFile(log, 'utf8')}`);
        return look();
      },
      START_LIMIT,
    );
}

async function isThere(url: string): Promise<boolean> {
  return (await fetch(url).catch(() => null))?.ok === true;
}

/** Ends the launcher, which ends its parts in order, and waits for all of them and npm itself. */
async function stopTree(npm: ChildProcess, root: number): Promise<void> {
  const pids = treeOf(root);
  const gone = onceOf(npm, 'exit');
  const launcher = await launcherIn(pids);
  await stopProcess(launcher ?? root, ['SIGTERM'], STOP_LIMIT);
  await gone;
  for (const pid of pids) if (isAlive(pid)) await stopProcess(pid, ['SIGTERM', 'SIGINT']);
}

/** The process and all that descend from it. */
const treeOf = (root: number): number[] => [...partsOf(root, {}, readParents()).values()].flat();

/** The process that looks after all parts; undefined before it runs. */
async function launcherIn(pids: readonly number[]): Promise<number | undefined> {
  for (const pid of pids) if ((await commandLineOf(pid)).includes('workers/local/start.ts')) return pid;
  return undefined;
}

/** How often the worker has said that it is ready. */
async function countReady(log: string): Promise<number> {
  const text = await readFile(log, 'utf8').catch(() => '');
  return text.split('the worker is ready').length - 1;
}
