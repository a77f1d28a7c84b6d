import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { freePort } from '../free-port.ts';
import { commandLineOf, spawnServer, stopProcess } from '../server-process.ts';

export { findTemporalServer, findTemporalTestServer, type FindOptions } from './server-binary.ts';

/** How to start Temporal's development server. */
export interface TemporalServerOptions {
  /** From `findTemporalServer`. */
  binary: string;
  /** Where workflows are kept; null keeps them in memory, for tests. `<dbFile>.pid` stands beside it. */
  dbFile: string | null;
  logFile: string;
  port: number;
  /** The port of Temporal's own web interface; null starts without it. */
  uiPort: number | null;
  /** Name and type of the search attributes to register. */
  searchAttributes: Readonly<Record<string, string>>;
  log?: (line: string) => void;
}

/** A Temporal server that answers on 127.0.0.1, with the namespace `default`. */
export interface TemporalServer {
  address: string;
  uiUrl: string | null;
  pid: number;
  /** Resolves when the server has ended, for whatever reason. */
  exited: Promise<void>;
  stop(): Promise<void>;
}

/** Times in milliseconds. */
const START_LIMIT = 60_000;
const POLL = 50;

/**
 * Measured on two cores: all but the last two together five times the speed of the defaults. The first one counts
 * most: at its default of 20 a second every sequential step waits for 50 ms.
 *
 * The last two have tenants take turns on the task queue, by the fairness key of their runs. Measured with 300 runs of
 * one tenant waiting before 5 of another: the last of the 5 begins as the 28th at the latest, without as the 305th.
 */
const DYNAMIC_CONFIG = {
  'history.transferProcessorMaxPollRPS': 2000,
  'history.timerProcessorMaxPollRPS': 2000,
  'history.visibilityProcessorMaxPollRPS': 2000,
  'history.outboundProcessorMaxPollRPS': 200,
  'system.forceSearchAttributesCacheRefreshOnRead': false,
  'system.forceNexusEndpointRefreshOnRead': false,
  'matching.useNewMatcher': true,
  'matching.enableFairness': true,
};

/** A killed server loses nothing with these; only a power cut may lose the last moments. */
const SQLITE_PRAGMAS = { journal_mode: 'WAL', synchronous: 'NORMAL' };

/**
 * Starts the server and waits until it answers and knows its search attributes. A server that a crash of ours left
 * behind on the same file is ended first. Throws an error that says what to do.
 */
export async function startTemporalServer(options: TemporalServerOptions): Promise<TemporalServer> {
  const { binary, dbFile, logFile, port, uiPort, log = () => {} } = options;
  const home = dirname(logFile);
  await mkdir(home, { recursive: true });
  if (dbFile) await endLeftover(dbFile, log);
  const server = await spawnServer({
    file: binary,
    args: await serverArguments(options),
    logFile,
    env: { HOME: home, PATH: '/usr/bin:/bin' },
    cwd: home,
    account: null,
  });
  if (dbFile) await writeFile(`${dbFile}.pid`, String(server.pid));
  const stop = async () => {
    await stopProcess(server.pid, ['SIGTERM']);
    if (dbFile) await rm(`${dbFile}.pid`, { force: true });
  };
  try {
    await untilReady(`127.0.0.1:${port}`, options, server.exited);
  } catch (error) {
    await stopProcess(server.pid, ['SIGTERM']);
    throw new Error(`${error instanceof Error ? error.message : String(error)} ${await explain(logFile)}`);
  }
  return {
    ...server,
    address: `127.0.0.1:${port}`,
    uiUrl: uiPort === null ? null : `http://127.0.0.1:${uiPort}`,
    stop,
  };
}

async function serverArguments({ dbFile, port, uiPort, searchAttributes }: TemporalServerOptions) {
  const pairs = (flag: string, values: Readonly<Record<string, unknown>>) =>
    Object.entries(values).flatMap(([key, value]) => [flag, `${key}=${String(value)}`]);
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--log-level', 'warn', '--log-format', 'json'],
    ...[
      '--port',
      String(port),
      '--http-port',
      String(await freePort()),
      '--metrics-port',
      String(await freePort()),
    ],
    ...(uiPort === null
      ? ['--headless']
      : ['--ui-ip', '127.0.0.1', '--ui-port', String(uiPort), '--ui-disable-news-fetch']),
    ...(dbFile ? ['--db-filename', dbFile, ...pairs('--sqlite-pragma', SQLITE_PRAGMAS)] : []),
    ...pairs('--dynamic-config-value', DYNAMIC_CONFIG),
    ...pairs('--search-attribute', searchAttributes),
  ];
}

/** Two servers on one file would spoil it. */
async function endLeftover(dbFile: string, log: (line: string) => void): Promise<void> {
  const pid = Number(await readFile(`${dbFile}.pid`, 'utf8').catch(() => ''));
  if (!pid || !(await commandLineOf(pid)).includes(dbFile)) return;
  log(`Ending the Temporal server that an earlier start left behind (process ${pid})`);
  await stopProcess(pid, ['SIGTERM']);
}

async function untilReady(
  address: string,
  options: TemporalServerOptions,
  exited: Promise<void>,
): Promise<void> {
  let ended = false;
  void exited.then(() => (ended = true));
  const deadline = Date.now() + START_LIMIT;
  while (!(await isReady(address, options))) {
    if (ended) throw new Error("Temporal's server ended at once.");
    if (Date.now() > deadline)
      throw new Error(`Temporal's server does not answer after ${START_LIMIT / 1000} seconds.`);
    await pause(POLL);
  }
}

async function isReady(address: string, { searchAttributes }: TemporalServerOptions): Promise<boolean> {
  // Lazy, since a connection that failed to open could not be closed.
  const connection = Connection.lazy({ address });
  try {
    const { customAttributes } = await connection.withDeadline(Date.now() + 1_000, async () => {
      await connection.workflowService.describeNamespace({ namespace: 'default' });
      return connection.operatorService.listSearchAttributes({ namespace: 'default' });
    });
    return Object.keys(searchAttributes).every((name) => customAttributes && name in customAttributes);
  } catch {
    // Not yet: the caller asks again until its time is up.
    return false;
  } finally {
    await connection.close();
  }
}

/** The server's own last complaint, turned into what a person can do about it. */
async function explain(logFile: string): Promise<string> {
  const complaints = (await readFile(logFile, 'utf8').catch(() => '')).match(/^Error: .*$/gm) ?? [];
  const last = complaints.at(-1) ?? '';
  const port = /port (\d+): listen/.exec(last)?.[1];
  if (port)
    return `Port ${port} is taken by another program. Please end that program or choose another port.`;
  return `${last} Its log is ${logFile}`.trim();
}
