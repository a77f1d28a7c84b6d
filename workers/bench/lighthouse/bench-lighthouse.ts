import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findTemporalServer } from '../../../temporal/dev-server.ts';
import { TEST } from '../../../web/e2e/config.ts';
import { MEASURED } from '../../../web/e2e/pages.ts';
import { CACHE, ROOT } from '../../local/home.ts';
import { startWebPlatform } from '../../testing/web-platform.ts';
import { inheritedEnvironment } from '../config.ts';
import { series } from '../figure.ts';
import { judge } from '../judge.ts';
import { describeMachine, loadNow } from '../machine.ts';
import type { Bar, FigureResult, Results } from '../model.ts';
import { median } from '../statistics.ts';
import { tellFigure } from '../tell.ts';
import { readReport, type Look } from './read-report.ts';

/** How often to look at each page. `command` is how a person would ask for the same. */
export interface LighthouseBench {
  rounds: number;
  command: string;
  say: (line: string) => void;
  /** Ends everything early. */
  signal: AbortSignal;
}

const BARS: Bar[] = [
  { of: 'performance', statistic: 'median', relation: '≥', limit: 95 },
  { of: 'accessibility', statistic: 'median', relation: '≥', limit: 100 },
  { of: 'best practices', statistic: 'median', relation: '≥', limit: 100 },
  { of: 'search engines', statistic: 'median', relation: '≥', limit: 100 },
];
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
/** How long one look may take, in milliseconds. */
const LOOK_LIMIT = 180_000;

/** Looks at the public pages with Lighthouse, as a slow phone would. Throws when it was ended early. */
export async function benchLighthouse(bench: LighthouseBench): Promise<Results> {
  const { rounds, command, say, signal } = bench;
  const { browser } = TEST;
  if (browser === undefined)
    throw new Error('There is no Chromium on this machine. On Debian: apt-get install chromium');
  const date = new Date().toISOString();
  const load = loadNow();
  const platform = await startWebPlatform(signal);
  try {
    const looks = new Map<string, Look[]>(MEASURED.public.map((path) => [path, []]));
    // Round by round, so that what else the machine does falls on all pages alike.
    for (let round = 1; round <= rounds; round += 1)
      for (const [path, found] of looks) {
        signal.throwIfAborted();
        const wanted = { url: platform.webUrl + path, browser, signal };
        found.push(await look(wanted).catch((error: unknown) => lookAgain(wanted, { error, say })));
        say(`  round ${round} of ${rounds}: ${path}, performance ${found.at(-1)?.performance ?? 0}`);
      }
    const figures = [...looks].map(([path, found]) => figureOf(path, found));
    for (const figure of figures) for (const line of ['', ...tellFigure(figure)]) say(line);
    for (const line of ['', ...tableOf(looks)]) say(line);
    const temporal = await findTemporalServer({ cacheDir: CACHE, say });
    const machine = await describeMachine(load, { postgres: 'of npm start', temporal });
    return { kind: 'lighthouse', date, command, machine, figures };
  } finally {
    await platform.stop();
  }
}

interface Looked {
  url: string;
  browser: string;
  signal: AbortSignal;
}

/** One look, in a browser of its own without anything kept. */
async function look({ url, browser, signal }: Looked): Promise<Look> {
  const folder = await mkdtemp(join(tmpdir(), 'levqor-lighthouse-'));
  const file = join(folder, 'report.json');
  const program = join(ROOT, 'node_modules', 'lighthouse', 'cli', 'index.js');
  const args = [
    ...[program, url, '--quiet', '--no-enable-error-reporting', '--output=json', `--output-path=${file}`],
    `--only-categories=${CATEGORIES.join(',')}`,
    '--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage',
  ];
  const env = { ...inheritedEnvironment(), CHROME_PATH: browser };
  try {
    await promisify(execFile)(process.execPath, args, { cwd: folder, env, signal, timeout: LOOK_LIMIT });
    return readReport(JSON.parse(await readFile(file, 'utf8')));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Once more where Lighthouse lost the browser's trace, for which it asks itself; it says nothing of the page. */
async function lookAgain(
  wanted: Looked,
  { error, say }: { error: unknown; say: (line: string) => void },
): Promise<Look> {
  if (!String(error).includes('Please run Lighthouse again')) throw error;
  say('  Lighthouse lost the trace of the browser; it looks once more');
  return look(wanted);
}

function figureOf(path: string, looks: Look[]): FigureResult {
  const of = (name: Exclude<keyof Look, 'path'>) => looks.map((one) => one[name]);
  const measured = [
    series('performance', 'count', of('performance')),
    series('accessibility', 'count', of('accessibility')),
    series('best practices', 'count', of('bestPractices')),
    series('search engines', 'count', of('seo')),
    series('largest paint', 'ms', of('largestPaint')),
    series('blocked', 'ms', of('blocked')),
    series(
      'layout shift, hundredths',
      '×',
      of('shift').map((value) => value * 100),
    ),
    series('transferred, kB', 'count', of('kilobytes')),
  ];
  const ends = new Set(looks.map((one) => one.path));
  return {
    name: path,
    title: 'A public page on a slow phone, by Lighthouse',
    series: measured,
    verdicts: BARS.map((bar) => judge(bar, measured)),
    failures: 0,
    notes: ends.has(path) && ends.size === 1 ? [] : [`It led to ${[...ends].join(', ')}`],
  };
}

/** All pages at one glance: the medians. */
function tableOf(looks: ReadonlyMap<string, Look[]>): string[] {
  const columns = [
    'performance',
    'accessibility',
    'bestPractices',
    'seo',
    'largestPaint',
    'blocked',
  ] as const;
  const heads = ['perf', 'a11y', 'best', 'seo', 'LCP ms', 'TBT ms'];
  const rows = [...looks].map(([path, found]) => {
    const cells = columns.map((name) => String(Math.round(median(found.map((one) => one[name])))));
    return `  ${path.padEnd(16)}${cells.map((cell) => cell.padStart(8)).join('')}`;
  });
  return [`  ${'medians'.padEnd(16)}${heads.map((head) => head.padStart(8)).join('')}`, ...rows];
}
