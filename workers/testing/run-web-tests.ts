// `npm run test:e2e [-- Playwright's arguments]`: the whole platform with its demo, on free ports and in a folder of its
// own, and the tests of web/e2e in a browser against it. `npm run pictures` takes pictures of all pages the same way.
import { once } from 'node:events';
import { join } from 'node:path';
import { TEST } from '../../web/e2e/config.ts';
import { firstSignal } from '../../first-signal.ts';
import { ROOT } from '../local/home.ts';
import { startNode, startWebPlatform } from './web-platform.ts';

/** The exit code where there is no browser, which is no failure of the web app; `run-tests.mjs` knows it. */
const NO_BROWSER = 69;

async function main(): Promise<number> {
  if (TEST.browser === undefined) {
    console.log(
      'The tests in a browser were not run: there is no Chromium here. On Debian: apt-get install chromium',
    );
    return NO_BROWSER;
  }
  // Ending the children lets this process come to its own end, which removes what it made.
  const ended = firstSignal();
  const platform = await startWebPlatform(ended);
  try {
    const program = join(ROOT, 'node_modules', '@playwright', 'test', 'cli.js');
    const wanted = process.argv.slice(2);
    if (!wanted.some((arg) => arg.startsWith('--project'))) wanted.unshift('--project=tests');
    const args = [program, 'test', '-c', 'web/e2e/playwright.config.ts', ...wanted];
    const tests = startNode(args, {
      LEVQOR_E2E_WEB_URL: platform.webUrl,
      LEVQOR_E2E_MAIL_URL: platform.mailUrl,
      LEVQOR_E2E_LOCAL_FILE: platform.localFile,
    });
    ended.addEventListener('abort', () => void tests.kill('SIGTERM'));
    const [code] = (await once(tests, 'exit')) as [number | null];
    return code ?? 1;
  } finally {
    await platform.stop();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
