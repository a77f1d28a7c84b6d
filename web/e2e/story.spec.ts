import { expect, test, type Browser } from '@playwright/test';
import { mailedLink, newestLink, PHONE, signInAs, type Person } from './people.ts';

const OPERATOR = 'operator@demo.levqor.example';

/** Decides every request that waits for this person, on a phone. Gives how many. */
async function approveAll(browser: Browser, person: Person): Promise<number> {
  const page = await signInAs(browser, person, PHONE);
  await page.getByRole('link', { name: /Approvals/ }).click();
  const requests = page.getByRole('list', { name: 'Approvals' }).getByRole('listitem');
  await expect(requests.first().or(page.getByText('Nothing waits for you'))).toBeVisible();
  let decided = 0;
  for (let left = await requests.count(); left > 0; left -= 1) {
    await requests.first().getByRole('link').click();
    await expect(page.getByText('Approving lets this happen')).toBeVisible();
    await page.getByRole('button', { name: /^Approve/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('The customer is late, the amount is right.');
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await expect(dialog).toBeHidden();
    await page.goto('/en/approvals');
    await expect(requests).toHaveCount(left - 1);
    decided += 1;
  }
  await page.context().close();
  return decided;
}

test('a newcomer signs in by mail, sees the demo wait, and others let it finish', async ({
  browser,
  page,
}) => {
  test.setTimeout(180_000);
  const before = await newestLink(OPERATOR);
  await page.goto('/en/runs');
  await expect(page).toHaveURL(/\/en\/sign-in/);
  await page.getByLabel('Your e-mail address').fill(OPERATOR);
  await page.getByRole('button', { name: 'Mail me a link' }).click();
  await expect(page.getByText('Look into your mail')).toBeVisible();

  const link = await mailedLink(OPERATOR, before);
  await page.goto(link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Runs' })).toBeVisible();

  await page.getByRole('link', { name: 'Overdue invoices' }).first().click();
  await expect(page.getByText('Waiting', { exact: true }).first()).toBeVisible();
  await expect(page.getByRole('heading', { name: /approvals? waits? for others/ })).toBeVisible();

  expect(await approveAll(browser, 'Finance')).toBe(4);
  expect(await approveAll(browser, 'Security')).toBe(1);

  // Nobody loads the page again: it hears of the end.
  await expect(page.getByText('Succeeded').first()).toBeVisible({ timeout: 60_000 });
  await page.getByRole('link', { name: 'Input and output' }).click();
  await expect(page.getByRole('region', { name: 'Output' })).toContainText('"sent"');

  await page.goto(link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('This link does not hold any more')).toBeVisible();
});

test('a step is looked at and run again, by keyboard only', async ({ browser }) => {
  const page = await signInAs(browser, 'Operator');
  await page.getByRole('link', { name: 'Overdue invoices' }).first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: /^totals/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Step totals' })).toBeVisible();
  await page.getByRole('tab', { name: 'Output' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Input' })).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('button', { name: 'Run again from here' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/actions? outside (is|are) repeated/)).toBeVisible();
  const before = page.url();
  await dialog.getByRole('button', { name: /^Run again/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page).not.toHaveURL(before);
  await expect(page.getByText('Run again from', { exact: true })).toBeVisible();
});

test('a request is found and denied with the keys J and D', async ({ browser }) => {
  const page = await signInAs(browser, 'Finance');
  await page.goto('/en/approvals');
  await expect(page.getByRole('list', { name: 'Approvals' }).getByRole('listitem').first()).toBeVisible();
  await page.keyboard.press('j');
  await expect(page).toHaveURL(/open=approval_/);
  await expect(page.getByRole('button', { name: /^Deny/ })).toBeVisible();
  await page.keyboard.press('d');
  const dialog = page.getByRole('dialog', { name: 'Deny this?' });
  await dialog.getByRole('textbox').fill('Not before we called them.');
  await dialog.getByRole('button', { name: 'Deny' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Not before we called them.')).toBeVisible();
});
