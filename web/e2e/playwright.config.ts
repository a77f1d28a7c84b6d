import { defineConfig } from '@playwright/test';
import { TEST } from './config.ts';

if (TEST.browser === undefined)
  throw new Error(
    'There is no Chromium on this machine. Install it, on Debian with: apt-get install chromium',
  );

export default defineConfig({
  testDir: '.',
  projects: [
    { name: 'tests', testMatch: '*.spec.ts' },
    { name: 'pictures', testMatch: 'take-pictures.ts' },
  ],
  outputDir: '../test-results',
  // The story changes what the others look at, so one follows the other.
  workers: 1,
  fullyParallel: false,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    baseURL: TEST.webUrl,
    browserName: 'chromium',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: TEST.browser,
      args: [
        ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
        ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      ],
    },
  },
});
