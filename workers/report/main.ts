import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RESULTS } from '../bench/results.ts';
import { engineReport, TITLE } from './engine-report.ts';
import { readResults, takeResults } from './raw-results.ts';
import { toHtml } from './to-html.ts';
import { toMarkdown } from './to-markdown.ts';

/**
 * `npm run report`: takes the results of this machine, if there are any, and writes the report: `engine-report.md` with
 * its pictures and `engine-report.html`, which needs no other file.
 */
const FOLDER = import.meta.dirname;
const KEPT = join(FOLDER, 'results');
const PICTURES = join(FOLDER, 'pictures');

await takeResults(RESULTS, KEPT);
const raw = await readResults(KEPT);
if (raw.files.length === 0) {
  console.error('There are no results. Make some: npm run bench -- engine, npm run bench -- memory');
  process.exitCode = 1;
} else {
  const blocks = engineReport(raw);
  await rm(PICTURES, { recursive: true, force: true });
  await mkdir(PICTURES, { recursive: true });
  for (const block of blocks)
    if (block.kind === 'picture') await writeFile(join(PICTURES, `${block.name}.svg`), `${block.svg}\n`);
  await writeFile(join(FOLDER, 'engine-report.md'), toMarkdown(blocks, 'pictures'));
  await writeFile(join(FOLDER, 'engine-report.html'), toHtml(blocks, TITLE));
  console.log(`  workers/report/engine-report.md and .html, from ${raw.files.length} files of results`);
}
