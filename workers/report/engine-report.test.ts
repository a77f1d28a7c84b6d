import { describe, expect, it } from '@jest/globals';
import { FIGURES } from '../bench/figures/index.ts';
import { MEMORY_FIGURES } from '../bench/memory/figures.ts';
import { engineReport, TITLE } from './engine-report.ts';
import { sampleChaos, sampleFigure, sampleResults } from './testing.ts';
import { RIVALS } from './rivals.ts';
import { toHtml } from './to-html.ts';
import { toMarkdown } from './to-markdown.ts';

const blocks = engineReport({
  engine: sampleResults('engine', [sampleFigure('hook')]),
  memory: null,
  chaos: [sampleChaos(7)],
  files: ['engine-1.json', 'chaos-7.json'],
});
const markdown = toMarkdown(blocks, 'pictures');
const html = toHtml(blocks, TITLE);

describe.each([
  ['Markdown', markdown],
  ['HTML', html],
])('the report as %s', (_name, page) => {
  it('tells misses as misses, and what was not measured', () => {
    expect(page).toContain('1 of 2');
    expect(page).toContain('falls short');
    expect(page).toContain('Not measured: seq-pure, seq-effect');
  });

  it('tells machine, versions, date and command', () => {
    for (const told of ['2 cores, Sample CPU', '24.0.0', '15.1', '0123456789ab', '2030-01-02 03:04 UTC'])
      expect(page).toContain(told);
    expect(page).toContain('npm run bench -- engine');
  });

  it('tells what bounds each figure', () => {
    const plain = page.replaceAll(/\\([*_[\]<>|`])/g, '$1').replaceAll('&gt;', '>');
    for (const { bound } of [...FIGURES, ...Object.values(MEMORY_FIGURES)]) expect(plain).toContain(bound);
  });

  it('tells every invariant of the fault rig with its verdict and what broke it', () => {
    for (const told of ['Every run is there.', 'Every run is over.', 'run\\_1 stands'])
      expect(page.replaceAll('run_1', 'run\\_1')).toContain(told);
    expect(page).toContain('0 of 1');
  });

  it('names the files it was made of', () => expect(page).toContain('results/engine-1.json'));
});

describe('the Markdown page', () => {
  it('names its pictures as files', () => expect(markdown).toContain('](pictures/hook.svg)'));

  it('has tables whose rows are as wide as their heads', () => {
    const widths = markdown
      .split('\n\n')
      .filter((part) => part.startsWith('|'))
      .map((part) => new Set(part.split('\n').map((row) => row.match(/(?<!\\)\|/g)?.length)).size);
    expect(widths.length).toBeGreaterThan(5);
    expect(new Set(widths)).toEqual(new Set([1]));
  });

  it('writes signs of Markdown as they are', () =>
    expect(markdown).toContain('A \\<note\\> \\| with \\*signs\\*'));
});

describe('the HTML page', () => {
  it('needs nothing but itself', () => {
    expect(html).not.toMatch(/<(script|link|img)\b|url\(|@import/);
    expect(html).toContain('<svg');
    expect(html).toContain('prefers-color-scheme: dark');
  });

  it('writes signs of HTML as they are', () => {
    expect(html).toContain('A &lt;note&gt; | with *signs*');
    expect(html).not.toContain('<note>');
  });
});

it('rivals stand beside figures that there are, with conditions, and a source that says so when there is none', () => {
  const names = [...FIGURES, ...Object.values(MEMORY_FIGURES)].map(({ name }) => name);
  for (const { figure, conditions, source } of RIVALS) {
    expect(names).toContain(figure);
    expect(conditions).not.toBe('');
    if (source) expect(new URL(source.url).protocol).toBe('https:');
  }
});

it('a machine that was at work for others before is said', () => {
  const noisy = sampleResults('engine', [sampleFigure('hook')]);
  const loud = { ...noisy, machine: { ...noisy.machine, loadBefore: 3 } };
  const told = toMarkdown(engineReport({ engine: loud, memory: null, chaos: [], files: [] }), 'pictures');
  expect(told).toContain('The machine was not quiet');
  expect(markdown).not.toContain('The machine was not quiet');
});
