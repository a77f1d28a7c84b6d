import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { PAGES } from './pages.ts';
import { pagesWithIds } from './pages-with-ids.ts';
import { signInAs } from './people.ts';
import { textsOf } from './texts.ts';

const t = textsOf('en');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const SIZES = { wide: { width: 1280, height: 900 }, narrow: { width: 390, height: 844 } };

async function expectAccessible(page: Page, name: string): Promise<void> {
  // Colours that are still moving would be measured half way.
  await page.waitForFunction(() =>
    document.getAnimations().every(({ playState }) => playState !== 'running'),
  );
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const found = violations.map(({ id, nodes }) => ({
    id,
    where: nodes.map(({ html }) => html.slice(0, 160)),
  }));
  expect({ name, found }).toEqual({ name, found: [] });
  const room = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect({ name, isTooWide: room > 0 }).toEqual({ name, isTooWide: false });
}

for (const theme of ['dark', 'light'])
  for (const [size, viewport] of Object.entries(SIZES))
    for (const locale of ['en', 'ar'])
      test(`all pages, ${theme}, ${size}, ${locale}`, async ({ browser, baseURL }) => {
        test.setTimeout(180_000);
        const page = await signInAs(browser, 'Owner', { viewport, reducedMotion: 'reduce' });
        await page.context().addCookies([{ name: 'levqor.theme', value: theme, url: baseURL ?? '' }]);
        const own = await pagesWithIds(page);
        for (const path of [
          ...PAGES,
          ...own,
          '/en/sign-in',
          '/en/sign-in/confirm?email=a@b.example&token=x',
        ]) {
          await page.goto(path.replace('/en/', `/${locale}/`));
          await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
          await expectAccessible(page, path);
        }
      });

test('questions in front of a page are accessible too', async ({ browser }) => {
  const page = await signInAs(browser, 'Owner', { reducedMotion: 'reduce' });
  for (const [path, opener] of [
    ['/en/keys', t('Keys.create')],
    ['/en/connections', t('Connections.create')],
    ['/en/schedules', t('Schedules.create')],
    ['/en/members', t('Members.invite')],
    ['/en/workflows', t('Workflows.create')],
  ] as const) {
    await page.goto(path);
    await page.getByRole('button', { name: opener }).first().click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page, path);
  }
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await expect(page.getByPlaceholder(t('Shell.searchHint'))).toBeVisible();
  await expectAccessible(page, 'Ctrl K');
});
