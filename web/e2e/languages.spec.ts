import { randomUUID } from 'node:crypto';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { directionOf, TRANSLATED_LOCALES, type Locale } from '../src/i18n/locales.ts';
import { asking, publishFlow, startRun } from './flows.ts';
import { mailedLink, newestLink, PHONE, signInAs } from './people.ts';
import { textsOf, type Texts } from './texts.ts';

const OWNER = 'owner@demo.levqor.example';
/** In turn: nobody is sent more than some links in a quarter of an hour. */
const OTHERS = ['finance', 'security', 'viewer'].map((role) => `${role}@demo.levqor.example`);

/** Signs in by a mailed link, in a language, with the texts of that language only. */
async function signInByMail(page: Page, locale: Locale, { address, t }: { address: string; t: Texts }) {
  const before = await newestLink(address);
  await page.goto(`/${locale}/runs`);
  await expect(page.locator('html')).toHaveAttribute('lang', locale);
  await expect(page.locator('html')).toHaveAttribute('dir', directionOf(locale));
  await page.getByLabel(t('SignInForm.address')).fill(address);
  await page.getByRole('button', { name: t('SignInForm.send') }).click();
  await expect(page.getByRole('heading', { name: t('SignInForm.sentTitle') })).toBeVisible();
  const link = await mailedLink(address, before);
  await page.goto(link);
  await page.getByRole('button', { name: t('SignInPage.confirm') }).click();
  await expect(page.getByRole('heading', { name: t('Runs.title'), level: 1 })).toBeVisible();
  return link;
}

/** A run that waits for the owner; gives what it asks and the name of its workflow. */
async function waitingRun(browser: Browser): Promise<{ name: string; title: string }> {
  const mark = randomUUID().slice(0, 8);
  const made = { name: `Asking ${mark}`, title: `Agree to ${mark}` };
  const owner = await signInAs(browser, 'Owner');
  const operator = await signInAs(browser, 'Operator');
  await startRun(operator, await publishFlow(owner, made.name, asking(made.title)), { until: 'WAITING' });
  await owner.context().close();
  await operator.context().close();
  return made;
}

for (const [i, locale] of TRANSLATED_LOCALES.entries())
  test(`${locale}: sign in, the runs, a run, its approval`, async ({ browser, page }) => {
    const t = textsOf(locale);
    const { name, title } = await waitingRun(browser);
    await signInByMail(page, locale, { address: OTHERS[i % OTHERS.length] ?? '', t });
    await expect(page).toHaveURL(new RegExp(`/${locale}/runs`));

    await page.getByRole('link', { name }).first().click();
    await expect(page.getByText(t('RunStatus.WAITING')).first()).toBeVisible();
    await expect(
      page.getByRole('heading', { name: t('RunPage.waitsForOthers', { count: 1 }) }),
    ).toBeVisible();

    await page
      .getByRole('link', { name: t('RunPage.look'), exact: true })
      .first()
      .click();
    await expect(page.getByRole('heading', { name: t('Approvals.title'), level: 1 })).toBeVisible();
    await expect(page.getByRole('heading', { name: title })).toBeVisible();
    await expect(page.getByText(t('Approval.meaning.B')).first()).toBeVisible();
    const room = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(room).toBeLessThanOrEqual(0);
  });

test('ar: the whole story, with the second screen a phone', async ({ browser, page }) => {
  test.setTimeout(180_000);
  const t = textsOf('ar');
  const { name, title } = await waitingRun(browser);
  const link = await signInByMail(page, 'ar', { address: OWNER, t });
  await page.getByRole('link', { name }).first().click();
  await expect(page.getByRole('heading', { name: t('RunPage.waitsForYou', { count: 1 }) })).toBeVisible();
  await expectFromRight(page, t);

  await test.step('decide on a phone', async () => {
    const storageState = await page.context().storageState();
    const phone = await (await browser.newContext({ ...PHONE, storageState })).newPage();
    await phone.goto('/ar/approvals');
    await phone
      .getByRole('list', { name: t('Approvals.title') })
      .getByRole('link', { name: title })
      .click();
    await phone.getByRole('button', { name: t('Approval.approve') }).click();
    const dialog = phone.getByRole('dialog', { name: t('Approval.approveTitle') });
    await dialog.getByRole('textbox').fill('موافق');
    await dialog.getByRole('button', { name: t('Approval.approve') }).click();
    await expect(dialog).toBeHidden();
    await phone.context().close();
  });

  // Nobody loads the first page again: it hears of the end.
  await expect(page.getByText(t('RunStatus.SUCCEEDED')).first()).toBeVisible({ timeout: 60_000 });
  await page.getByRole('link', { name: t('RunPage.view.values') }).click();
  await expect(page.getByRole('region', { name: t('RunPage.output') })).toBeVisible();

  await page.goto(link);
  await page.getByRole('button', { name: t('SignInPage.confirm') }).click();
  await expect(page.getByText(t('SignInPage.notices.link_invalid'))).toBeVisible();
});

/** The navigation stands at the right, and code still reads from the left. */
async function expectFromRight(page: Page, t: Texts): Promise<void> {
  const width = page.viewportSize()?.width ?? 0;
  const nav = await page
    .getByRole('navigation', { name: t('Shell.navigation') })
    .first()
    .boundingBox();
  expect(nav?.x ?? 0).toBeGreaterThan(width / 2);
  await page.getByRole('link', { name: t('RunPage.view.values') }).click();
  const code = page.getByRole('region', { name: t('RunPage.input') });
  await expect(code).toHaveCSS('direction', 'ltr');
}
