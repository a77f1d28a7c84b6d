import { expect, test, type APIRequestContext } from '@playwright/test';
import { TEST } from './config.ts';
import { signInAs } from './people.ts';
import { platform } from './platform.ts';
import { toldOf } from './told.ts';

const INGEST = '/api/client-log';
const fault = {
  kind: 'rejection',
  page: '/en/runs',
  message: 'By the browser tests',
  stack: null,
  digest: null,
  count: 1,
};

/** How many faults of a kind the API has counted. */
async function counted(kind: string): Promise<number> {
  const text = await (await fetch(`${(await platform()).apiUrl}/metrics`)).text();
  return Number(
    new RegExp(`^levqor_web_client_faults_total\\{kind="${kind}"\\} (\\d+)`, 'm').exec(text)?.[1] ?? 0,
  );
}

const send = (request: APIRequestContext, data: unknown, origin = TEST.webUrl) =>
  request.post(INGEST, { data, headers: { origin } });

test('what a page tells of arrives, is counted, and is clean before it leaves the browser', async ({
  browser,
}) => {
  const page = await signInAs(browser, 'Viewer');
  const before = await counted('error');
  // Whoever listens comes after the page.
  await page.waitForLoadState('networkidle');
  const told = toldOf(page, 'error');
  await page.evaluate(() => {
    setTimeout(() => {
      throw new Error('No mina@example.com at /en/members?token=canary');
    });
  });
  const sent = await told;
  const event = { kind: 'error', page: '/en/runs', message: 'No [e-mail] at /en/members', count: 1 };
  expect(sent.postDataJSON()).toEqual({ events: expect.arrayContaining([expect.objectContaining(event)]) });
  expect(sent.postData()).not.toMatch(/canary|mina@/);
  expect((await sent.response())?.status()).toBe(204);
  await expect.poll(() => counted('error')).toBe(before + 1);
});

test('a request that was refused is told of by its path and status', async ({ browser }) => {
  const page = await signInAs(browser, 'Viewer');
  await page.waitForLoadState('networkidle');
  const told = toldOf(page, 'request');
  // The browser counts a request as done when its answer was read.
  await page.evaluate(async () => void (await (await fetch('/api/nothing-here?token=canary')).text()));
  const event = { kind: 'request', page: '/en/runs', path: '/api/nothing-here', status: 404, count: 1 };
  expect((await told).postDataJSON()).toEqual({ events: expect.arrayContaining([event]) });
});

test('the ingest takes from its own pages only what it knows, and not too much', async ({ request }) => {
  const before = await counted('rejection');
  expect((await send(request, { events: [fault] })).status()).toBe(204);
  await expect.poll(() => counted('rejection')).toBe(before + 1);
  expect((await send(request, { events: [fault] }, 'https://attacker.example')).status()).toBe(403);
  expect((await request.post(INGEST, { data: { events: [fault] } })).status()).toBe(403);
  expect((await send(request, { events: [{ ...fault, kind: 'note' }] })).status()).toBe(400);
  expect((await send(request, { events: [] })).status()).toBe(400);
  expect((await send(request, { events: [fault], more: 'x'.repeat(20_000) })).status()).toBe(413);
  expect((await request.get(INGEST)).status()).toBe(405);
});
