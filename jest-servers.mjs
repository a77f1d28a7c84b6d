// The servers that tests need: each is started once, whichever projects ask for it, and told to the tests by
// environment variables. A keeper process of its own ends them when this one dies, however that happens.
import './ts-hook.mjs';
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const cacheDir = join(import.meta.dirname, '.cache');
const say = (line) => console.log(line);

const { freePort } = await import('./free-port.ts');
const { scratchDataDir, startEmbeddedPostgres } = await import('./prisma/embedded-postgres.ts');

let keeper;
const running = [];
const started = new Map();

/** Runs `start` the first time only. */
const once = (name, start) => {
  if (!started.has(name)) started.set(name, start());
  return started.get(name);
};

/** A PostgreSQL with the template database, migrated by a role like that of production. */
export const database = () =>
  once('database', async () => {
    const dataDir = scratchDataDir();
    tellKeeper({ folder: dirname(dataDir) });
    const server = await startEmbeddedPostgres({ dataDir, port: await freePort(), durable: false });
    keep(server);
    const { makeTemplate } = await import('./prisma/testing.ts');
    process.env.LEVQOR_TEST_DATABASE = await makeTemplate(server.url);
  });

/** A Temporal development server in memory. */
export const temporal = () =>
  once('temporal', async () => {
    const { findTemporalServer, startTemporalServer } = await import('./temporal/dev-server.ts');
    const { SEARCH_ATTRIBUTES } = await import('./temporal/search-attributes.ts');
    const folder = scratchFolder();
    const server = await startTemporalServer({
      binary: await findTemporalServer({ cacheDir, say }),
      dbFile: null,
      logFile: join(folder, 'temporal.log'),
      port: await freePort(),
      uiPort: null,
      searchAttributes: SEARCH_ATTRIBUTES,
    });
    keep(server);
    process.env.LEVQOR_TEST_TEMPORAL_ADDRESS = server.address;
  });

/** The program of the time-skipping server; each test file starts one for itself. */
export const timeSkippingServer = () =>
  once('timeSkippingServer', async () => {
    const { findTemporalTestServer } = await import('./temporal/dev-server.ts');
    const program = join(scratchFolder(), 'temporal-test-server');
    writeFileSync(program, endingWithItsParent(await findTemporalTestServer({ cacheDir, say })), {
      mode: 0o700,
    });
    process.env.LEVQOR_TEST_TIME_SKIPPING_SERVER = program;
  });

/** Stops everything that was started. */
export const stopAll = async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
  keeper?.stdin.end();
  keeper = undefined;
  started.clear();
};

const scratchFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'levqor-scratch-'));
  tellKeeper({ folder });
  return folder;
};

const keep = (server) => {
  running.push(server);
  tellKeeper({ pid: server.pid });
};

/** The keeper ends the processes and removes the folders that it was told of, once this process is gone. */
const tellKeeper = (what) => {
  keeper ??= spawn(process.execPath, [join(import.meta.dirname, 'jest-keeper.mjs')], {
    stdio: ['pipe', 'ignore', 'inherit'],
    detached: true,
    env: { PATH: process.env.PATH },
  });
  keeper.unref();
  keeper.stdin.unref();
  keeper.stdin.write(`${JSON.stringify(what)}\n`);
};

/** The SDK starts this program from a jest worker; when the worker is killed nobody else would end it. */
const endingWithItsParent = (program) => `#!/bin/sh
(while kill -0 $PPID && kill -0 $$; do sleep 1; done; kill -9 $$) </dev/null >/dev/null 2>&1 &
exec '${program.replaceAll("'", "'\\''")}' "$@"
`;
