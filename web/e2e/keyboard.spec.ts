import { randomUUID } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import { asking, COUNTING, publishFlow, startRun } from './flows.ts';
import { enter, tabTo, typeInto } from './keyboard.ts';
import { mailedLink, newestLink, signInAs } from './people.ts';
import { textsOf } from './texts.ts';

const OWNER = 'owner@demo.levqor.example';
const t = textsOf('en');

// No mouse anywhere below: each thing is reached with Tab, as `enter` and `typeInto` do, or by its key.
test('signing in, running again from a step, deciding and inviting need no mouse', async ({
  browser,
  page,
}) => {
  test.setTimeout(180_000);
  const mark = randomUUID().slice(0, 8);
  const done = `Counting ${mark}`;
  const asked = `Agree to ${mark}`;
  const operator = await signInAs(browser, 'Operator');
  const owner = await signInAs(browser, 'Owner');
  await startRun(operator, await publishFlow(owner, done, COUNTING), { until: 'SUCCEEDED' });
  await startRun(operator, await publishFlow(owner, `Asking ${mark}`, asking(asked)), { until: 'WAITING' });
  await test.step('sign in by a mailed link', () => signInByMail(page));
  await test.step('find a run, and run it again from a step', () => runAgain(page, done));
  await test.step('decide an approval', () => approve(page, asked));
  await test.step('invite a member', () => invite(page, mark));
});

async function signInByMail(page: Page): Promise<void> {
  const before = await newestLink(OWNER);
  await page.goto('/en/runs');
  await typeInto(page, page.getByLabel(t('SignInForm.address')), OWNER);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: t('SignInForm.sentTitle') })).toBeVisible();
  await page.goto(await mailedLink(OWNER, before));
  await enter(page, page.getByRole('button', { name: t('SignInPage.confirm') }));
  await expect(page.getByRole('heading', { name: t('Runs.title'), level: 1 })).toBeVisible();
}

async function runAgain(page: Page, workflow: string): Promise<void> {
  await enter(page, page.getByRole('link', { name: workflow }).first());
  await enter(page, page.getByRole('link', { name: /^second/ }));
  const inspector = page.getByRole('complementary', { name: t('Inspector.title', { step: 'second' }) });
  await expect(inspector).toBeVisible();
  const before = new URL(page.url()).pathname;
  await enter(page, page.getByRole('button', { name: t('Rerun.open') }));
  const dialog = page.getByRole('dialog');
  await enter(page, dialog.getByRole('button', { name: t('Rerun.start', { count: 0 }) }));
  await expect.poll(() => new URL(page.url()).pathname).not.toBe(before);
  await expect(page.getByText(t('RunPage.rerunOf'), { exact: true })).toBeVisible();
  await expect(page.getByText(t('RunStatus.SUCCEEDED')).first()).toBeVisible();
}

async function approve(page: Page, title: string): Promise<void> {
  await enter(page, page.getByRole('link', { name: t('Shell.places.approvals') }).first());
  const request = page
    .getByRole('list', { name: t('Approvals.title') })
    .getByRole('link', { name: new RegExp(title) });
  await enter(page, request);
  await enter(page, page.getByRole('button', { name: t('Approval.approve') }));
  const dialog = page.getByRole('dialog', { name: t('Approval.approveTitle') });
  await typeInto(page, dialog.getByRole('textbox'), 'Agreed by keyboard.');
  await enter(page, dialog.getByRole('button', { name: t('Approval.approve') }));
  await expect(dialog).toBeHidden();
  await expect(request).toBeHidden();
}

async function invite(page: Page, mark: string): Promise<void> {
  await enter(page, page.getByRole('link', { name: t('Shell.places.members') }).first());
  await expect(page.getByRole('heading', { name: t('Members.title'), level: 1 })).toBeVisible();
  await enter(page, page.getByRole('button', { name: t('Members.invite') }));
  const dialog = page.getByRole('dialog', { name: t('Members.inviteTitle') });
  await typeInto(page, dialog.getByLabel(t('Members.email')), `${mark}@demo.levqor.example`);
  await typeInto(page, dialog.getByLabel(t('Members.name'), { exact: true }), `By keyboard ${mark}`);
  const role = dialog.getByRole('checkbox', { name: new RegExp(`^${t('Roles.builder')}`) });
  await tabTo(page, role);
  await page.keyboard.press('Space');
  await expect(role).toBeChecked();
  await enter(page, dialog.getByRole('button', { name: t('Members.inviteSubmit'), exact: true }));
  await expect(dialog).toBeHidden();
  await expect(page.getByText(`By keyboard ${mark}`).first()).toBeVisible();
}

test('a question in front of a page keeps the keyboard inside, and gives it back', async ({ browser }) => {
  const page = await signInAs(browser, 'Owner');
  await page.goto('/en/members');
  const opener = page.getByRole('button', { name: t('Members.invite') });
  await enter(page, opener);
  const dialog = page.getByRole('dialog', { name: t('Members.inviteTitle') });
  await expect(dialog).toBeVisible();
  // Once around: it comes back to where it was, and never to the page behind.
  for (let stops = 0; stops < 30; stops += 1) {
    await page.keyboard.press('Tab');
    const isInside = await dialog.evaluate((element) => element.contains(document.activeElement));
    expect({ stops, isInside }).toEqual({ stops, isInside: true });
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
});

test('the first Tab of a page leads past its navigation', async ({ browser }) => {
  const page = await signInAs(browser, 'Viewer');
  await page.goto('/en/workflows');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: t('Shell.skip') });
  await expect(skip).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#content')).toBeFocused();
});
