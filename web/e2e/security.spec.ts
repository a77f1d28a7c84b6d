import { expect, test } from '@playwright/test';
import { PAGES } from './pages.ts';
import { signInAs } from './people.ts';

test('each page has the headers that keep it safe, and runs no script but its own', async ({ browser }) => {
  const page = await signInAs(browser, 'Owner');
  const broken: string[] = [];
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) broken.push(message.text());
  });
  const nonces = new Set<string>();
  for (const path of [...PAGES, '/en/sign-in', '/en/nothing-here']) {
    const response = await page.goto(path);
    const headers = response?.headers() ?? {};
    const policy = headers['content-security-policy'] ?? '';
    expect({ path, policy }).toMatchObject({ policy: expect.stringContaining("'strict-dynamic'") });
    expect({ path, policy }).toMatchObject({ policy: expect.stringContaining("frame-ancestors 'none'") });
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    nonces.add(/'nonce-([^']+)'/.exec(policy)?.[1] ?? '');
    expect({ path, headers }).toMatchObject({
      headers: {
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'permissions-policy': expect.stringContaining('camera=()'),
      },
    });
  }
  expect(nonces.size).toBe(PAGES.length + 2);
  expect(broken).toEqual([]);
});

test('a question that opens after the page was read anew has its styles', async ({ browser }) => {
  const page = await signInAs(browser, 'Owner');
  const broken: string[] = [];
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) broken.push(message.text());
  });
  // Each reading comes with a nonce of its own; that of the page is the first one.
  await page.getByRole('link', { name: 'Members' }).first().click();
  await expect(page.getByRole('heading', { name: 'Members', level: 1 })).toBeVisible();
  await page.getByRole('link', { name: 'API keys' }).first().click();
  await page.getByRole('button', { name: 'New API key' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect(page.locator('body')).toHaveCSS('overflow', 'hidden');
  expect(broken).toEqual([]);
});

test('another site can neither ask the API with the session nor open its socket', async ({
  browser,
  baseURL,
}) => {
  const page = await signInAs(browser, 'Owner');
  const query = { data: { query: '{ viewer { person { email } } }' } };
  const ours = await page.request.post('/graphql', { ...query, headers: { origin: baseURL ?? '' } });
  expect(await ours.json()).toMatchObject({
    data: { viewer: { person: { email: 'owner@demo.levqor.example' } } },
  });
  const theirs = await page.request.post('/graphql', {
    ...query,
    headers: { origin: 'https://attacker.example' },
  });
  expect(await theirs.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  const upgrade = await page.request.get('/graphql', {
    headers: {
      ...{ origin: 'https://attacker.example', connection: 'Upgrade', upgrade: 'websocket' },
      ...{ 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' },
    },
  });
  expect(upgrade.status()).toBe(403);
});

test('no token is in reach of a script', async ({ browser }) => {
  const page = await signInAs(browser, 'Owner');
  const seen = await page.evaluate(
    () => document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage }),
  );
  expect(seen).not.toMatch(/levqor\.session|eyJ/);
  expect(await page.content()).not.toMatch(/eyJ[\w-]{20,}\./);
});

test('what is not there says so in the look of the app', async ({ browser }) => {
  const page = await signInAs(browser, 'Viewer');
  for (const path of [
    '/en/nothing-here',
    '/en/runs/run_00000000000000000000000000000000',
    '/en/workflows/nonsense',
  ]) {
    await page.goto(path);
    await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
  }
});
