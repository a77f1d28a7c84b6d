import { randomUUID } from 'node:crypto';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { COUNTING, publishFlow, startRun } from './flows.ts';
import { pressUntil } from './keyboard.ts';
import { signInAs } from './people.ts';
import { without } from './platform.ts';
import { textsOf } from './texts.ts';
import { toldOf } from './told.ts';

const t = textsOf('en');
/** The scripts of the pages. */
const CODE = '**/_next/static/chunks/**';

/** Opens the question that takes somebody in, and fills it in. */
async function fillInInvitation(page: Page, mark: string) {
  await page.goto('/en/members');
  await page.getByRole('button', { name: t('Members.invite') }).click();
  const dialog = page.getByRole('dialog', { name: t('Members.inviteTitle') });
  await dialog.getByLabel(t('Members.email')).fill(`${mark}@demo.levqor.example`);
  await dialog.getByLabel(t('Members.name'), { exact: true }).fill(`Invited ${mark}`);
  await dialog.getByRole('checkbox', { name: new RegExp(`^${t('Roles.builder')}`) }).check();
  return dialog;
}

async function expectFilledIn(page: Page, mark: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: t('Members.inviteTitle') });
  await expect(dialog.getByLabel(t('Members.email'))).toHaveValue(`${mark}@demo.levqor.example`);
  await expect(dialog.getByLabel(t('Members.name'), { exact: true })).toHaveValue(`Invited ${mark}`);
  await expect(dialog.getByRole('checkbox', { name: new RegExp(`^${t('Roles.builder')}`) })).toBeChecked();
}

const invite = (page: Page) =>
  page
    .getByRole('dialog', { name: t('Members.inviteTitle') })
    .getByRole('button', { name: t('Members.inviteSubmit'), exact: true })
    .click();

/** Ends the session of a page from another browser that has its cookies. */
async function endSession(browser: Browser, page: Page): Promise<void> {
  const other = await browser.newContext({ storageState: await page.context().storageState() });
  const there = await other.newPage();
  await there.goto('/en/runs');
  await there.getByRole('button', { name: new RegExp(`^${t('Shell.account')}`) }).click();
  await there.getByRole('menuitem', { name: t('Shell.signOut') }).click();
  await expect(there.getByText(t('SignInPage.notices.signed_out_now'))).toBeVisible();
  await other.close();
}

test('a session that ends while a form is filled in takes nothing with it', async ({ browser }) => {
  const page = await signInAs(browser, 'Owner');
  const mark = randomUUID().slice(0, 8);
  await fillInInvitation(page, mark);
  await endSession(browser, page);
  await invite(page);
  await expect(page.getByText(t('SignInPage.notices.session_ended'))).toBeVisible();
  await page.getByRole('button', { name: t('Roles.owner'), exact: true }).click();
  await expect(page).toHaveURL(/\/en\/members$/);
  await page.getByRole('button', { name: t('Members.invite') }).click();
  await expect(page.getByText(t('Errors.draftBack'))).toBeVisible();
  await expectFilledIn(page, mark);
  await invite(page);
  await expect(page.getByText(`Invited ${mark}`).first()).toBeVisible();
  // Sent: the next question begins empty.
  await page.getByRole('button', { name: t('Members.invite') }).click();
  await expect(page.getByLabel(t('Members.email'))).toHaveValue('');
});

test('what somebody typed is nothing for the next person in this tab', async ({ browser }) => {
  const page = await signInAs(browser, 'Owner');
  const mark = randomUUID().slice(0, 8);
  await fillInInvitation(page, mark);
  await page.reload();
  const kept = () => page.evaluate(() => JSON.stringify({ ...sessionStorage }));
  expect(await kept()).toContain(mark);
  await page.getByRole('button', { name: new RegExp(`^${t('Shell.account')}`) }).click();
  await page.getByRole('menuitem', { name: t('Shell.signOut') }).click();
  await expect(page.getByText(t('SignInPage.notices.signed_out_now'))).toBeVisible();
  expect(await kept()).not.toContain(mark);
});

test('a definition that is not saved outlives a reload, and says so', async ({ browser }) => {
  const page = await signInAs(browser, 'Owner');
  const id = await publishFlow(page, `Typed ${randomUUID().slice(0, 8)}`, COUNTING);
  await page.goto(`/en/workflows/${id}`);
  const editor = page.getByRole('textbox', { name: t('Workflow.definition') });
  const changed = JSON.stringify({ flow: 'v1', steps: [COUNTING[0]] });
  // What is typed before the page's script has begun is not seen as a change.
  await expect(async () => {
    await editor.fill(changed);
    await expect(page.getByText(t('Workflow.changed'))).toBeVisible({ timeout: 1_000 });
    await expect(editor).toHaveValue(changed, { timeout: 1_000 });
  }).toPass();
  page.once('dialog', (question) => void question.accept());
  await page.reload();
  await expect(editor).toHaveValue(changed);
  await expect(page.getByText(t('Errors.draftBack'))).toBeVisible();
  await page.getByRole('button', { name: t('Workflow.save') }).click();
  await expect(page.getByText(t('Workflow.unchanged'), { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByText(t('Errors.draftBack'))).toBeHidden();
  await expect(editor).toHaveValue(JSON.stringify(JSON.parse(changed), null, 2));
});

test('a lost connection is said, loses nothing and does nothing twice', async ({ browser }) => {
  const page = await signInAs(browser, 'Owner');
  const mark = randomUUID().slice(0, 8);
  const dialog = await fillInInvitation(page, mark);
  await page.context().setOffline(true);
  const banner = page.getByText(t('Errors.offline'));
  await expect(banner).toBeVisible();
  await invite(page);
  await expect(dialog.getByText(t('Problems.reasons.api_away'))).toBeVisible();
  await expectFilledIn(page, mark);

  await page.context().setOffline(false);
  await expect(banner).toBeHidden();
  await expectFilledIn(page, mark);
  await invite(page);
  await expect(dialog).toBeHidden();
  await expect(page.getByText(`${mark}@demo.levqor.example`)).toHaveCount(1);
});

test('running again waits for the connection, and then starts one run', async ({ browser }) => {
  const page = await signInAs(browser, 'Owner');
  const workflow = await publishFlow(page, `Again ${randomUUID().slice(0, 8)}`, COUNTING);
  const run = await startRun(page, workflow, { until: 'SUCCEEDED' });
  await page.goto(`/en/runs/${run}?step=second`);
  const away = page.getByText(t('Problems.reasons.api_away'));
  await page.context().setOffline(true);
  await expect(page.getByText(t('Errors.offline'))).toBeVisible();
  await page.getByRole('button', { name: t('Rerun.open') }).click();
  await expect(away).toBeVisible();
  await page.context().setOffline(false);
  await page.getByRole('button', { name: t('Rerun.open') }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();

  const again = dialog.getByRole('button', { name: t('Rerun.start', { count: 0 }) });
  await page.context().setOffline(true);
  await again.click();
  await expect(dialog.getByText(t('Problems.reasons.api_away'))).toBeVisible();
  // It has kept the keyboard, so that trying again is one press.
  await expect(again).toBeFocused();
  await page.context().setOffline(false);
  await page.keyboard.press('Enter');
  await expect(page.getByText(t('RunPage.rerunOf'), { exact: true })).toBeVisible();
  await page.goto(`/en/runs?workflow=${workflow}`);
  await expect(page.getByRole('link', { name: /^Again/ })).toHaveCount(2);
});

test('what is chosen without a connection is said not to be kept', async ({ browser }) => {
  const page = await signInAs(browser, 'Viewer');
  await page.goto('/en/settings');
  await page.context().setOffline(true);
  await expect(page.getByText(t('Errors.offline'))).toBeVisible();
  const look = page.getByLabel(t('Settings.look'), { exact: true });
  await look.selectOption('light');
  await expect(page.getByText(t('Problems.reasons.api_away'))).toBeVisible();
  await page.context().setOffline(false);
  await look.selectOption('light');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
});

test('without a connection links wait, and trying again says how it stands', async ({ browser }) => {
  const page = await signInAs(browser, 'Viewer');
  await page.context().setOffline(true);
  const banner = page.getByText(t('Errors.offline'));
  await expect(banner).toBeVisible();
  await page.getByRole('link', { name: t('Shell.places.workflows') }).click();
  await page.getByRole('button', { name: t('ErrorState.retry') }).click();
  await expect(page.getByText(t('Errors.stillOffline'))).toBeVisible();
  await expect(page).toHaveURL(/\/en\/runs$/);
  await page.context().setOffline(false);
  await expect(banner).toBeHidden();
  await page.getByRole('link', { name: t('Shell.places.workflows') }).click();
  await expect(page.getByRole('heading', { name: t('Workflows.title'), level: 1 })).toBeVisible();
});

test('an API that does not answer leaves a clear page, which works again when it does', async ({
  browser,
}) => {
  test.setTimeout(150_000);
  const page = await signInAs(browser, 'Viewer');
  await without('api', async () => {
    // Each waits as long as it waits for the API.
    await page.goto('/en/workflows', { timeout: 60_000 });
    await expect(page.getByRole('heading', { name: t('ErrorState.title') })).toBeVisible();
    await expect(page.getByText(t('Problems.reasons.api_away')).first()).toBeVisible();
    const guest = await (await browser.newContext()).newPage();
    await guest.goto('/en/sign-in', { timeout: 60_000 });
    await expect(guest.getByText(t('SignInPage.notices.api_away'))).toBeVisible();
    await guest.context().close();
  });
  await page
    .getByRole('button', { name: t('ErrorState.retry') })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: t('Workflows.title'), level: 1 })).toBeVisible();
});

test('code that cannot be fetched is said, breaks nothing, and comes with the next try', async ({
  browser,
}) => {
  const page = await signInAs(browser, 'Viewer');
  const help = page.getByRole('dialog');
  await pressUntil(page, '?', (timeout) => expect(help).toBeVisible({ timeout }));
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await page.route(CODE, (route) => route.abort());
  await page.keyboard.press('Control+k');
  await expect(page.getByText(t('Errors.notLoaded'))).toBeVisible();
  await expect(page.getByRole('heading', { name: t('Runs.title'), level: 1 })).toBeVisible();
  await page.unroute(CODE);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: t('Shell.search') })).toBeVisible();
});

test('a page that breaks says so, tells the log, and has two ways on', async ({ browser }) => {
  const page = await signInAs(browser, 'Owner');
  await page.goto('/en/approvals');
  await page.waitForLoadState('networkidle');
  await page.route(CODE, (route) => route.abort());
  const told = toldOf(page, 'error');
  await page.getByRole('link', { name: t('Approvals.analytics') }).click();
  await expect(page.getByRole('heading', { name: t('ErrorState.brokenTitle') })).toBeVisible();
  await expect(page.getByRole('link', { name: t('Errors.home') })).toBeVisible();
  expect((await told).postDataJSON()).toMatchObject({
    events: expect.arrayContaining([expect.objectContaining({ kind: 'error' })]),
  });
  await page.unroute(CODE);
  await page.getByRole('button', { name: t('ErrorState.retry') }).click();
  await expect(page.getByRole('heading', { name: t('ApprovalAnalytics.title'), level: 1 })).toBeVisible();
});
