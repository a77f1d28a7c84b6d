import { gzipSync } from 'node:zlib';
import { expect, test, type APIRequestContext } from '@playwright/test';
import { MEASURED } from './pages.ts';
import { signInAs } from './people.ts';

/** How much a page may name in scripts, packed by gzip -9 as when the limits were set, in kB of 1,000 bytes. */
const LIMITS = { public: 140, app: 220 };
type Kind = keyof typeof LIMITS;

const packed = (body: Buffer): number => gzipSync(body, { level: 9 }).length;

/** How much the scripts weigh that a page names. */
async function firstLoad(request: APIRequestContext, path: string): Promise<number> {
  // Next names its files by their content, and Turbopack writes no list of which page needs which: the page says it.
  // So a tool that weighs files by a pattern (size-limit) cannot tell the first load of one page from all the rest.
  const answer = await request.get(path);
  expect(new URL(answer.url()).pathname).toBe(path);
  const tags = [...(await answer.text()).matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
  const sources = tags
    // Only browsers that know no modules load these.
    .filter((tag) => !/\bnomodule\b/i.test(tag))
    .flatMap((tag) => /\bsrc="([^"]+)"/.exec(tag)?.[1] ?? []);
  expect({ path, hasScripts: sources.length > 0 }).toEqual({ path, hasScripts: true });
  const sizes = await Promise.all(
    [...new Set(sources)].map(async (source) => packed(await (await request.get(source)).body())),
  );
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) / 100) / 10;
}

test('pages ask for little JavaScript before they can be used', async ({ browser, request }) => {
  const page = await signInAs(browser, 'Owner');
  const rows: { path: string; kind: Kind; kB: number }[] = [];
  const lines = ['JavaScript of the first load (gzip):'];
  for (const [kind, paths] of Object.entries(MEASURED) as [Kind, string[]][])
    for (const path of paths) {
      const kB = await firstLoad(kind === 'app' ? page.request : request, path);
      rows.push({ path, kind, kB });
      lines.push(`  ${path.padEnd(18)} ${kB.toFixed(1)} kB of ${LIMITS[kind]}`);
    }
  console.log(lines.join('\n'));
  expect(rows.filter(({ kind, kB }) => kB > LIMITS[kind])).toEqual([]);
  expect(rows).toHaveLength(MEASURED.public.length + MEASURED.app.length);
});

test('the list of workflows stays small however many there are', async ({ browser }) => {
  const page = await signInAs(browser, 'Owner');
  const html = await (await page.request.get('/en/workflows')).body();
  const kB = packed(html) / 1_000;
  console.log(
    `The first page of workflows: ${kB.toFixed(1)} kB (gzip), ${(html.length / 1_000).toFixed(1)} kB unpacked`,
  );
  expect(kB).toBeLessThanOrEqual(50);
});
