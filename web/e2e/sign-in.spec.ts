import { expect, test } from '@playwright/test';
import { mailedLink, newestLink, signInAs } from './people.ts';

test('the mail is in the language of the page, whatever language the browser prefers', async ({
  browser,
}) => {
  const address = 'security@demo.levqor.example';
  for (const locale of ['ar', 'en']) {
    const before = await newestLink(address);
    const page = await (await browser.newContext({ locale })).newPage();
    await page.goto('/ar/sign-in');
    await page.getByRole('textbox').fill(address);
    await page.locator('form').getByRole('button').click();
    expect(await mailedLink(address, before)).toContain('/ar/sign-in/confirm');
    await page.context().close();
  }
});

test('opening the link of a mail signs nobody in; pressing its button does, once', async ({
  page,
  request,
}) => {
  const address = 'viewer@demo.levqor.example';
  const before = await newestLink(address);
  await page.goto('/en/sign-in');
  await page.getByLabel('Your e-mail address').fill(address.toUpperCase());
  await page.getByRole('button', { name: 'Mail me a link' }).click();
  const link = await mailedLink(address, before);
  // A scanner of mail opens it first.
  expect((await request.get(link)).status()).toBe(200);
  await page.goto('/en/runs');
  await expect(page).toHaveURL(/sign-in/);
  await page.goto(link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/en\/runs$/);
});

test('an unknown address gets the same answer', async ({ page }) => {
  await page.goto('/en/sign-in');
  await page.getByLabel('Your e-mail address').fill('nobody@levqor.example');
  await page.getByRole('button', { name: 'Mail me a link' }).click();
  await expect(page.getByText('Look into your mail')).toBeVisible();
});

test('what is no address is refused where it was typed', async ({ page }) => {
  await page.goto('/en/sign-in');
  await page.getByLabel('Your e-mail address').fill('mina@example.com,eve@attacker.example');
  await page.getByRole('button', { name: 'Mail me a link' }).click();
  await expect(page.getByText('This is not an e-mail address')).toBeVisible();
  await expect(page.getByLabel('Your e-mail address')).toHaveAttribute('aria-invalid', 'true');
});

test('signing out ends the session for whoever kept its cookie', async ({ browser }) => {
  const page = await signInAs(browser, 'Viewer');
  const kept = await page.context().storageState();
  await page.getByRole('button', { name: /^Your account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByText('You are signed out.')).toBeVisible();
  const thief = await (await browser.newContext({ storageState: kept })).newPage();
  await thief.goto('/en/runs');
  await expect(thief).toHaveURL(/sign-in\?reason=session_ended/);
});

test('after signing in, one is where one wanted to be, and nowhere else', async ({ page, baseURL }) => {
  await page.goto('/en/members');
  await page.getByRole('button', { name: 'Owner', exact: true }).click();
  await expect(page).toHaveURL(/\/en\/members$/);
  await page.context().clearCookies();
  await page.goto('/en/sign-in?next=//attacker.example');
  await page.getByRole('button', { name: 'Owner', exact: true }).click();
  await expect(page).toHaveURL(`${baseURL ?? ''}/en/runs`);
});
