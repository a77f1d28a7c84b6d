import { gzipSync } from 'node:zlib';
import { expect, test, type APIRequestContext } from '@playwright/test';
import { MEASURED } from './pages.ts';
import { signInAs } from './people.ts';

/** The scripts that a page names, packed as servers pack them: what must come before it can be used, in kB of 1,000 bytes. */
const LIMITS = { public: 140, app: 220 };

// Next names its files by their content, and Turbopack writes no list of which page needs which: the page itself says.
// So a tool that weighs files by a pattern (size-limit) cannot tell the first load of one page from all the rest.
async function firstLoad(request: APIRequestContext, path: string): Promise<number> {
  const html = await (await request.get(path)).text();
  const tags = [...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
  const sources = tags
    // Only browsers that know no modules load these.
    .filter((tag) => !/\bnomodule\b/i.test(tag))
    .flatMap((tag) => /\bsrc="([^"]+)"/.exec(tag)?.[1] ?? []);
  expect({ path, scripts: sources.length > 0 }).toEqual({ path, scripts: true });
  const sizes = await Promise.all(
    [...new Set(sources)].map(async (source) => gzipSync(await (await request.get(source)).body()).length),
  );
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) / 100) / 10;
}

test('pages ask for little JavaScript before they can be used', async ({ browser, request }) => {
  const page = await signInAs(browser, 'Owner');
  const rows: { path: string; kind: keyof typeof LIMITS; kB: number }[] = [];
  for (const path of MEASURED.public) rows.push({ path, kind: 'public', kB: await firstLoad(request, path) });
  for (const path of MEASURED.app) rows.push({ path, kind: 'app', kB: await firstLoad(page.request, path) });
  const lines = rows.map(
    ({ path, kind, kB }) => `  ${path.padEnd(24)} ${kB.toFixed(1).padStart(7)} kB of ${LIMITS[kind]}`,
  );
  console.log(['JavaScript of the first load (gzip):', ...lines].join('\n'));
  expect(rows.filter(({ kind, kB }) => kB > LIMITS[kind])).toEqual([]);
});

test('the list of workflows stays small however many there are', async ({ browser }) => {
  const page = await signInAs(browser, 'Owner');
  const html = await (await page.request.get('/en/workflows')).body();
  const kB = gzipSync(html).length / 1_000;
  console.log(
    `The first page of workflows: ${kB.toFixed(1)} kB (gzip), ${(html.length / 1_000).toFixed(1)} kB unpacked`,
  );
  expect(kB).toBeLessThanOrEqual(50);
});
