// `npm run test:e2e [-- Playwright's arguments]`: the whole platform with its demo, on free ports and in a folder of its
// own, and the tests of web/e2e in a browser against it.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../server-process.ts';
import { ROOT } from '../local/home.ts';

const PORTS = ['API', 'WEB', 'TEMPORAL', 'TEMPORAL_UI', 'POSTGRES', 'SMTP', 'MAIL'];
/** How long the platform may take, in milliseconds; the first time it builds the pages. */
const READY_LIMIT = 240_000;

interface Local {
  webUrl: string;
  mailUrl: string;
}

async function main(): Promise<number> {
  const home = await mkdtemp(join(tmpdir(), 'levqor-web-'));
  // PostgreSQL's own account passes through.
  await chmod(home, 0o711);
  const settings: Record<string, string> = { LEVQOR_LOCAL_HOME: home };
  for (const name of PORTS) settings[`LEVQOR_${name}_PORT`] = String(await freePort());
  const platform = startNode(['--import', './ts-hook.mjs', 'workers/local/start.ts'], settings);
  const children = [platform];
  // Ending the children lets this process come to its own end, which removes what it made.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => children.forEach((child) => child.kill('SIGTERM')));
  try {
    const { webUrl, mailUrl } = await ready(platform, home);
    const program = join(ROOT, 'node_modules', '@playwright', 'test', 'cli.js');
    const args = [program, 'test', '-c', 'web/e2e/playwright.config.ts', ...process.argv.slice(2)];
    const tests = startNode(args, { LEVQOR_E2E_WEB_URL: webUrl, LEVQOR_E2E_MAIL_URL: mailUrl });
    children.push(tests);
    const [code] = (await once(tests, 'exit')) as [number | null];
    return code ?? 1;
  } finally {
    if (platform.exitCode === null) {
      platform.kill('SIGTERM');
      await once(platform, 'exit');
    }
    await rm(home, { recursive: true, force: true });
  }
}

function startNode(args: string[], settings: Record<string, string>): ChildProcess {
  return spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...settings },
  });
}

/** Waits until the web app answers. Throws when the platform ended, or takes too long. */
async function ready(platform: ChildProcess, home: string): Promise<Local> {
  const end = Date.now() + READY_LIMIT;
  while (platform.exitCode === null && Date.now() < end) {
    const text = await readFile(join(home, 'local.json'), 'utf8').catch(() => null);
    const local = text === null ? null : (JSON.parse(text) as Local);
    const answer = local && (await fetch(`${local.webUrl}/healthz`).catch(() => null));
    if (local && answer?.ok) return local;
    await pause(250);
  }
  throw new Error('The platform for the web tests did not become ready; see the lines above.');
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
