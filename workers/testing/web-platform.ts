import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../free-port.ts';
import { ROOT } from '../local/home.ts';

const PORTS = ['API', 'WEB', 'TEMPORAL', 'TEMPORAL_UI', 'POSTGRES', 'SMTP', 'MAIL'];
/** How long the platform may take, in milliseconds; the first time it builds the pages. */
const READY_LIMIT = 240_000;

/** The whole platform with its demo, on free ports and in a folder of its own. */
export interface WebPlatform {
  webUrl: string;
  mailUrl: string;
  /** Where it says what it is made of. */
  localFile: string;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
}

/** Starts one, and waits until its web app answers. `signal` ends it early. Throws when it does not become ready. */
export async function startWebPlatform(signal: AbortSignal): Promise<WebPlatform> {
  const home = await mkdtemp(join(tmpdir(), 'levqor-web-'));
  // PostgreSQL's own account passes through.
  await chmod(home, 0o711);
  const settings: Record<string, string> = { LEVQOR_LOCAL_HOME: home };
  for (const name of PORTS) settings[`LEVQOR_${name}_PORT`] = String(await freePort());
  const platform = startNode(['--import', './ts-hook.mjs', 'workers/local/start.ts'], settings);
  const end = () => void platform.kill('SIGTERM');
  signal.addEventListener('abort', end);
  const stop = async (): Promise<void> => {
    signal.removeEventListener('abort', end);
    if (platform.exitCode === null) {
      platform.kill('SIGTERM');
      await once(platform, 'exit');
    }
    await rm(home, { recursive: true, force: true });
  };
  const localFile = join(home, 'local.json');
  try {
    const { webUrl, mailUrl } = await ready(platform, localFile);
    return { webUrl, mailUrl, localFile, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Starts a Node of this project's version in its folder, with these settings besides the environment. */
export function startNode(args: string[], settings: Record<string, string>): ChildProcess {
  return spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...settings },
  });
}

async function ready(
  platform: ChildProcess,
  localFile: string,
): Promise<{ webUrl: string; mailUrl: string }> {
  const end = Date.now() + READY_LIMIT;
  while (platform.exitCode === null && Date.now() < end) {
    const text = await readFile(localFile, 'utf8').catch(() => null);
    const local = text === null ? null : (JSON.parse(text) as { webUrl: string; mailUrl: string });
    const answer = local && (await fetch(`${local.webUrl}/healthz`).catch(() => null));
    if (local && answer?.ok) return local;
    await pause(250);
  }
  throw new Error('The platform for the web tests did not become ready; see the lines above.');
}
