import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { PUBLIC_PAGES } from './pages.ts';
import { PHONE, signInAs } from './people.ts';

const LANGUAGES = 40;

test('public pages are open, and tell search engines what they are in each language', async ({
  page,
  baseURL,
}) => {
  const broken: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') broken.push(message.text());
  });
  const titles = new Set<string>();
  for (const path of PUBLIC_PAGES)
    for (const locale of ['en', 'ar']) {
      const own = path.replace('/en/', `/${locale}/`).replace(/\/$/, '');
      expect((await page.goto(own))?.status()).toBe(200);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      const head = (name: string) => page.locator(`head > ${name}`);
      await expect(head('link[rel=canonical]')).toHaveAttribute('href', `${baseURL ?? ''}${own}`);
      await expect(head('link[rel=alternate][hreflang]')).toHaveCount(LANGUAGES + 1);
      await expect(head('meta[name=robots]')).toHaveAttribute('content', 'index, follow');
      await expect(head('meta[property="og:image"]')).toHaveAttribute(
        'content',
        `${baseURL ?? ''}/api/preview-picture`,
      );
      titles.add(await page.title());
      titles.add((await head('meta[name=description]').getAttribute('content')) ?? '');
    }
  expect(titles.size).toBe(4 * PUBLIC_PAGES.length);
  expect(broken).toEqual([]);
});

test('robots, sitemap, preview picture and structured data are there', async ({ page, request, baseURL }) => {
  const robots = await (await request.get('/robots.txt')).text();
  expect(robots).toContain('Disallow: /*/runs');
  expect(robots).toContain(`Sitemap: ${baseURL ?? ''}/sitemap.xml`);
  const sitemap = await (await request.get('/sitemap.xml')).text();
  expect(sitemap).toContain(`<loc>${baseURL ?? ''}/de/docs</loc>`);
  expect(sitemap).toContain('hreflang="zh-Hans"');
  expect((await request.get('/api/preview-picture')).headers()['content-type']).toBe('image/png');
  await page.goto('/en');
  const data = await page.locator('script[type="application/ld+json"]').textContent();
  const { '@graph': graph } = JSON.parse(data ?? '') as { '@graph': { '@type': string }[] };
  expect(graph.map((one) => one['@type'])).toEqual(['Organization', 'SoftwareApplication']);
  await page.goto('/en/sign-in');
  await expect(page.locator('head > meta[name=robots]').first()).toHaveAttribute('content', 'noindex');
});

test('language and look are chosen without a script', async ({ browser }) => {
  const page = await (await browser.newContext({ ...PHONE, javaScriptEnabled: false })).newPage();
  await page.goto('/en/security');
  await page.getByRole('button', { name: 'Light look' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await page.getByRole('button', { name: /Language/ }).click();
  await page.getByRole('link', { name: 'Deutsch' }).click();
  await expect(page).toHaveURL(/\/de\/security$/);
  await expect(page.getByRole('heading', { name: 'Was es sicher macht' })).toBeVisible();
});

test('whoever is signed in finds the way into the app', async ({ browser }) => {
  const page = await signInAs(browser, 'Viewer');
  await page.goto('/');
  await expect(page).toHaveURL(/\/en$/);
  await page.getByRole('link', { name: 'Open the app' }).click();
  await expect(page).toHaveURL(/\/en\/runs$/);
});

test('the picture moves, stops when asked, and stands still for whoever wants less motion', async ({
  browser,
}) => {
  const moving = await (await browser.newContext()).newPage();
  await moving.goto('/en');
  await moving.getByRole('button', { name: 'Stop the picture' }).click();
  const canvas = moving.locator('figure canvas');
  const before = await canvas.screenshot();
  expect(await canvas.screenshot()).toEqual(before);
  await moving.getByRole('button', { name: 'Let it move' }).click();
  await expect(moving.getByRole('button', { name: 'Stop the picture' })).toBeVisible();

  const calm = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
  await calm.goto('/en', { waitUntil: 'networkidle' });
  await expect(calm.locator('figure svg path').first()).toBeVisible();
  await expect(calm.getByRole('button', { name: 'Stop the picture' })).toHaveCount(0);
  await expect(calm.locator('figcaption li').first()).toContainText(/\d+ runs?/);
});

test('the lines of the docs do what they say', async ({ browser, baseURL }) => {
  const page = await signInAs(browser, 'Owner');
  await page.goto('/en/docs');
  const lines = async (name: string) => (await page.getByRole('region', { name }).textContent()) ?? '';
  const answer = await page.request.post('/graphql', {
    data: { query: 'mutation { createApiKey(input: { name: "Docs" }) { token } }' },
    headers: { origin: baseURL ?? '' },
  });
  const { data } = (await answer.json()) as { data: { createApiKey: { token: string } } };
  const script = `${await lines('Find a workflow')}\n${await lines('Start it')}`;
  const { stdout } = await promisify(execFile)('bash', ['-c', script], {
    env: {
      NODE_ENV: 'test',
      PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
      KEY: data.createApiKey.token,
    },
  });
  expect(JSON.parse(stdout)).toMatchObject({ data: { startRun: { id: expect.stringMatching(/^run_/) } } });
});

test('the docs lead to GraphiQL, which asks the API as the person who is signed in', async ({ browser }) => {
  const page = await signInAs(browser, 'Owner');
  await page.goto('/en/docs');
  await page.getByRole('link', { name: 'Try it in GraphiQL' }).click();
  await expect(page).toHaveURL(/\/en\/graphiql$/);
  await expect(async () => {
    await page.getByRole('button', { name: /Execute query/ }).click();
    await expect(page.getByLabel('Result Window')).toContainText('Overdue invoices', { timeout: 2_000 });
  }).toPass();
});

test('the live picture shows the own runs, and says the same in words', async ({ browser }) => {
  const page = await signInAs(browser, 'Viewer');
  await page.getByRole('link', { name: 'Live picture' }).click();
  await expect(page).toHaveURL(/\/en\/canvas$/);
  await expect(page.getByRole('button', { name: 'Stop the picture' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'The same in words' })).toContainText('Overdue invoices');
  for (const path of ['/en/canvas', '/ar/canvas']) {
    await page.goto(path);
    const box = await page.locator('figure canvas').boundingBox();
    expect({ path, isToBeSeen: (box?.height ?? 0) > 100 && (box?.width ?? 0) > 100 }).toEqual({
      path,
      isToBeSeen: true,
    });
  }
});
