import { join } from 'node:path';
import { startOwnServers, type OwnServers } from '../testing/own-servers.ts';
import { ownProcess } from '../testing/own-process.ts';
import { openPlatform, type TestPlatform } from '../testing/platform.ts';
import { until } from '../testing/until.ts';
import { startWeb, type Web } from './web.ts';
import { openHandWritten, type HandWritten } from './hand-written/client.ts';

/** What the figures work with: the platform as `npm start` runs it, the hand-written baseline, and a web server. */
export interface Stage {
  servers: OwnServers;
  platform: TestPlatform;
  /** Starts workflows of the baseline, on the same Temporal server. */
  handWritten: HandWritten;
  /** What the effects of both call. */
  web: Web;
  /** Waits until no run is open, so that the work that one round leaves does not fall into the next. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/** Open runs are looked for this long, in milliseconds. */
const SETTLE_LIMIT = 120_000;

/** Starts everything, in about ten seconds. */
export async function openStage(): Promise<Stage> {
  const closers: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const servers = await startOwnServers();
    closers.push(servers.stop);
    const web = await startWeb();
    closers.push(web.stop);
    const platform = await openPlatform({
      allow: [web.port],
      temporalAddress: servers.temporal.address,
      logFolder: servers.folder,
    });
    closers.push(platform.stop);
    const baseline = ownProcess({
      entry: 'workers/bench/hand-written/main.ts',
      ready: 'the baseline is ready',
      settings: () => ({ TEMPORAL_ADDRESS: servers.temporal.address }),
      logFile: join(servers.folder, 'baseline.log'),
    });
    closers.push(baseline.stop);
    await baseline.start();
    const handWritten = await openHandWritten(servers.temporal.address);
    closers.push(handWritten.close);
    return { servers, platform, handWritten, web, settle: () => settle(platform), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function settle(platform: TestPlatform): Promise<void> {
  const look = async () => {
    const [row] = await platform.sql<{ open: number }>(
      'SELECT count(*)::int AS open FROM run WHERE finished_at IS NULL',
    );
    return row?.open === 0;
  };
  await until('the end of all runs', look, SETTLE_LIMIT);
}
