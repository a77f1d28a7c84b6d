import { dirname, join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findTemporalServer, startTemporalServer } from '../../temporal/dev-server.ts';
import { SEARCH_ATTRIBUTES } from '../../temporal/search-attributes.ts';
import { spawnServer, stopProcess } from '../../server-process.ts';
import type { LocalConfig } from './config.ts';
import { CACHE, HOME, LOGS, ROOT } from './home.ts';
import { lastWords, logSize } from './last-words.ts';
import type { Part } from './supervisor.ts';
import { say } from './terminal.ts';

/** Temporal's development server, with a file of its own so that runs survive. */
export async function temporalPart({ ports }: LocalConfig): Promise<Part> {
  const logFile = join(LOGS, 'temporal.log');
  const binary = await findTemporalServer({ cacheDir: CACHE, say: (text) => say('temporal', text) });
  return {
    name: 'temporal',
    logFile: relative(ROOT, logFile),
    start: () =>
      startTemporalServer({
        binary,
        dbFile: join(HOME, 'temporal.db'),
        logFile,
        port: ports.temporal,
        uiPort: ports.temporalUi,
        searchAttributes: SEARCH_ATTRIBUTES,
        log: (text) => say('temporal', text),
      }),
  };
}

/** What a process frees goes back to the machine: by itself, glibc keeps ever more of it for later (mallopt(3)). */
const GIVES_BACK = { MALLOC_TRIM_THRESHOLD_: '131072' };

/** One of our own processes: its entry file and its settings. Its log goes to a file. */
export function ownPart(name: 'api' | 'worker' | 'web', settings: Record<string, string>): Part {
  const searchPath = dirname(process.execPath);
  const logFile = join(LOGS, `${name}.log`);
  // Next looks for its own settings where it is started.
  const cwd = name === 'web' ? join(ROOT, 'web') : ROOT;
  const entry = { api: 'api/main.ts', worker: 'workers/main.ts', web: 'server.ts' }[name];
  return {
    name,
    logFile: relative(ROOT, logFile),
    start: async () => {
      const begin = await logSize(logFile);
      const server = await spawnServer({
        file: process.execPath,
        args: [
          ...['ts-hook.mjs', 'give-back-memory.mjs'].flatMap((file) => ['--import', join(ROOT, file)]),
          entry,
        ],
        logFile,
        env: { PATH: searchPath, ...GIVES_BACK, ...settings },
        cwd,
        account: null,
      });
      const stop = () => stopProcess(server.pid, ['SIGTERM']);
      return { ...server, stop, lastWords: () => lastWords(logFile, begin) };
    },
  };
}

/** How long a part may take until it answers, in milliseconds. */
const READY_LIMIT = 60_000;

/** Waits until a URL answers 200. Throws an error with the log to look into. */
export async function untilReady(url: string, name: string): Promise<void> {
  const end = Date.now() + READY_LIMIT;
  for (;;) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    if (Date.now() > end) {
      const why = answer ? `: ${await answer.text()}` : '';
      throw new Error(`The ${name} did not become ready${why}. Its log: ${join(LOGS, `${name}.log`)}`);
    }
    await pause(100);
  }
}
