import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { PAGES } from './pages.ts';
import { pagesWithIds } from './pages-with-ids.ts';
import { signInAs } from './people.ts';

// `npm run pictures`: every page, in both looks, both directions and three widths, to be looked at by a person.
const FOLDER = join(import.meta.dirname, '..', 'test-results', 'pictures');
const WIDTHS = [390, 1280, 1920];
const taken: { path: string; file: string }[] = [];

for (const theme of ['dark', 'light'])
  for (const locale of ['en', 'ar'])
    for (const width of WIDTHS)
      test(`${theme}, ${locale}, ${width} px`, async ({ browser, baseURL }) => {
        test.setTimeout(600_000);
        const viewport = { width, height: width < 600 ? 844 : 1000 };
        const page = await signInAs(browser, 'Owner', { viewport, reducedMotion: 'reduce' });
        await page.context().addCookies([{ name: 'levqor.theme', value: theme, url: baseURL ?? '' }]);
        for (const path of ['/en/sign-in', ...PAGES, ...(await pagesWithIds(page))]) {
          await page.goto(path.replace('/en/', `/${locale}/`));
          await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
          await page.waitForLoadState('networkidle');
          const file = `${nameOf(path)}-${theme}-${locale}-${width}.png`;
          await page.screenshot({ path: join(FOLDER, file), fullPage: true, animations: 'disabled' });
          taken.push({ path, file });
        }
        await page.context().close();
      });

test.afterAll(async () => {
  await mkdir(FOLDER, { recursive: true });
  await writeFile(join(FOLDER, 'index.html'), contactSheet());
  console.log(`${taken.length} pictures, all on one page: web/test-results/pictures/index.html`);
});

/** What a file is called: without the ids, which are others each time. */
function nameOf(path: string): string {
  const words = path
    .replace(/_[0-9a-f]{32}/g, '')
    .split(/[^a-z0-9]+/i)
    .slice(2);
  return words.filter(Boolean).join('-') || 'start';
}

function contactSheet(): string {
  const paths = [...new Set(taken.map(({ path }) => path))];
  const rows = paths.map((path) => {
    const pictures = taken.filter((one) => one.path === path);
    const cells = pictures.map(
      ({ file }) =>
        `<a href="${file}"><img src="${file}" alt="${file}" loading="lazy" style="height:20rem"></a>`,
    );
    return `<h2>${path}</h2><p style="display:flex;gap:1rem;overflow-x:auto">${cells.join('')}</p>`;
  });
  return `<!doctype html><meta charset="utf-8"><title>Pictures of every page</title>${rows.join('\n')}`;
}
