import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome'];

/** Where the tests find the web app, its mail, and a browser. */
export const TEST = {
  webUrl: process.env['LEVQOR_E2E_WEB_URL'] ?? 'http://localhost:3000',
  mailUrl: process.env['LEVQOR_E2E_MAIL_URL'] ?? 'http://127.0.0.1:8025',
  /** Where a local platform says what it is made of. */
  localFile:
    process.env['LEVQOR_E2E_LOCAL_FILE'] ?? join(import.meta.dirname, '..', '..', '.levqor', 'local.json'),
  /** The machine's own Chromium. */
  browser: (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => BROWSERS.map((name) => join(folder, name)))
    .find((file) => existsSync(file)),
};
