import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  scratchDataDir,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../prisma/embedded-postgres.ts';
import { makeTemplate } from '../../prisma/testing.ts';
import { freePort } from '../../free-port.ts';
import { findTemporalServer, startTemporalServer, type TemporalServer } from '../../temporal/dev-server.ts';
import { SEARCH_ATTRIBUTES } from '../../temporal/search-attributes.ts';
import { CACHE } from '../local/home.ts';

/** A PostgreSQL and a Temporal server as `npm start` runs them: on disk, as safe and with the same settings. */
export interface OwnServers {
  postgres: EmbeddedPostgres;
  temporal: TemporalServer;
  /** The path of Temporal's program. */
  temporalProgram: string;
  /** A folder for files of the same life, such as logs. */
  folder: string;
  /** Stops both and removes what they stored. */
  stop(): Promise<void>;
}

/**
 * Starts servers of our own in scratch folders, in about five seconds. `testDatabase` then copies from this
 * PostgreSQL, until `stop`.
 */
export async function startOwnServers(): Promise<OwnServers> {
  const dataDir = scratchDataDir();
  const folder = await mkdtemp(join(tmpdir(), 'levqor-scratch-'));
  const told = process.env['LEVQOR_TEST_DATABASE'];
  const binary = await findTemporalServer({ cacheDir: CACHE, say: console.log });
  const starting = await Promise.allSettled([
    startEmbeddedPostgres({ dataDir, port: await freePort() }),
    startTemporalServer({
      binary,
      dbFile: join(folder, 'temporal.db'),
      logFile: join(folder, 'temporal.log'),
      port: await freePort(),
      uiPort: await freePort(),
      searchAttributes: SEARCH_ATTRIBUTES,
    }),
  ]);
  const stop = async () => {
    for (const part of starting) if (part.status === 'fulfilled') await part.value.stop();
    for (const scratch of [dirname(dataDir), folder]) await rm(scratch, { recursive: true, force: true });
    if (told === undefined) delete process.env['LEVQOR_TEST_DATABASE'];
    else process.env['LEVQOR_TEST_DATABASE'] = told;
  };
  const [postgres, temporal] = starting;
  if (postgres.status === 'rejected' || temporal.status === 'rejected') {
    await stop();
    throw postgres.status === 'rejected' ? postgres.reason : (temporal as PromiseRejectedResult).reason;
  }
  process.env['LEVQOR_TEST_DATABASE'] = await makeTemplate(postgres.value.url);
  return { postgres: postgres.value, temporal: temporal.value, temporalProgram: binary, folder, stop };
}
