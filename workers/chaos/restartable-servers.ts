import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  scratchDataDir,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../prisma/embedded-postgres.ts';
import { makeTemplate, testDatabase, type TestDatabase } from '../../prisma/testing.ts';
import { freePort } from '../../free-port.ts';
import { findTemporalServer, startTemporalServer, type TemporalServer } from '../../temporal/dev-server.ts';
import { SEARCH_ATTRIBUTES } from '../../temporal/search-attributes.ts';
import { CACHE } from '../local/home.ts';

/** A server that can be stopped and started again, on the same port and the same data. */
export interface RestartableServer {
  port: number;
  /** Ends it: as it wants to be ended, as one that no longer takes anybody in (PostgreSQL), or by SIGKILL. */
  stop(how: 'fast' | 'smart' | 'kill'): Promise<void>;
  /** Starts it and waits until it answers. */
  start(): Promise<void>;
}

/** PostgreSQL and Temporal of the rig's own, both on disk, so that nothing is lost with the process. */
export interface RestartableServers {
  postgres: RestartableServer;
  temporal: RestartableServer;
  database: TestDatabase;
  /** Stops both and removes their data. */
  close(): Promise<void>;
}

/** How long a PostgreSQL that takes nobody in waits for those who are in, in milliseconds. */
const SMART_MS = 2_000;

/** Starts both servers, in about five seconds. `say` is told what takes time. */
export async function startRestartableServers(say: (line: string) => void): Promise<RestartableServers> {
  const dataDir = scratchDataDir();
  const folder = await mkdtemp(join(tmpdir(), 'levqor-scratch-'));
  const binary = await findTemporalServer({ cacheDir: CACHE, say });
  const [postgresPort, temporalPort] = [await freePort(), await freePort()];
  const postgres = restartable<EmbeddedPostgres>(postgresPort, () =>
    startEmbeddedPostgres({ dataDir, port: postgresPort }),
  );
  const temporal = restartable<TemporalServer>(temporalPort, () =>
    startTemporalServer({
      ...{ binary, port: temporalPort, uiPort: null, searchAttributes: SEARCH_ATTRIBUTES },
      ...{ dbFile: join(folder, 'temporal.db'), logFile: join(folder, 'temporal.log') },
    }),
  );
  const close = async () => {
    await Promise.allSettled([postgres.stop('fast'), temporal.stop('fast')]);
    for (const made of [dirname(dataDir), folder]) await rm(made, { recursive: true, force: true });
  };
  try {
    await Promise.all([postgres.start(), temporal.start()]);
    const { url } = postgres.running();
    return { postgres, temporal, database: await testDatabase(await makeTemplate(url)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Running {
  pid: number;
  exited: Promise<void>;
  stop(): Promise<void>;
}

function restartable<Server extends Running>(port: number, launch: () => Promise<Server>) {
  let server: Server | null = null;
  const running = (): Server => {
    if (server === null) throw new Error(`The server of port ${port} does not run`);
    return server;
  };
  return {
    ...{ port, running },
    start: async () => {
      server ??= await launch();
    },
    stop: async (how: 'fast' | 'smart' | 'kill') => {
      if (server === null) return;
      const { pid, exited, stop } = server;
      server = null;
      if (how === 'fast') return stop();
      process.kill(pid, how === 'kill' ? 'SIGKILL' : 'SIGTERM');
      if (how === 'kill') return exited;
      await Promise.race([exited, pause(SMART_MS)]);
      return stop();
    },
  };
}
