import { expect, test, type Browser } from '@playwright/test';
import { asking, publishFlow, startRun } from './flows.ts';
import { enter, pressUntil, tabTo, typeInto } from './keyboard.ts';
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
    const dialog = page.getByRole('dialog');
    // A page hears presses only once its script has begun.
    await expect(async () => {
      if (await dialog.isHidden()) await page.getByRole('button', { name: /^Approve/ }).click();
      await expect(dialog).toBeVisible({ timeout: 2_000 });
    }).toPass();
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
  await enter(page, page.getByRole('link', { name: 'Overdue invoices' }).first());
  await enter(page, page.getByRole('link', { name: /^totals/ }));
  await expect(page.getByRole('complementary', { name: 'Step totals' })).toBeVisible();
  await tabTo(page, page.getByRole('tab', { name: 'Output' }));
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Input' })).toHaveAttribute('aria-selected', 'true');
  await enter(page, page.getByRole('button', { name: 'Run again from here' }));
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/actions? outside (is|are) repeated/)).toBeVisible();
  const before = page.url();
  await enter(page, dialog.getByRole('button', { name: /^Run again/ }));
  await expect(page).not.toHaveURL(before);
  await expect(page.getByText('Run again from', { exact: true })).toBeVisible();
});

test('a request is found and denied with the keys J and D', async ({ browser }) => {
  const owner = await signInAs(browser, 'Owner');
  const operator = await signInAs(browser, 'Operator');
  const asked = await publishFlow(owner, 'Asking', asking('Shall it be denied?'));
  await startRun(operator, asked, { until: 'WAITING' });
  await owner.goto('/en/approvals');
  await expect(owner.getByRole('list', { name: 'Approvals' }).getByRole('listitem').first()).toBeVisible();
  await pressUntil(owner, 'j', (timeout) => expect(owner).toHaveURL(/open=approval_/, { timeout }));
  await expect(owner.getByRole('button', { name: /^Deny/ })).toBeVisible();
  await owner.keyboard.press('d');
  const dialog = owner.getByRole('dialog', { name: 'Deny this?' });
  await typeInto(owner, dialog.getByRole('textbox'), 'Not before we called them.');
  await enter(owner, dialog.getByRole('button', { name: 'Deny' }));
  await expect(owner.getByText('Not before we called them.')).toBeVisible();
});
