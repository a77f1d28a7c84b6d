import { describe, expect, it } from '@jest/globals';
import { barChart, lineChart } from './chart.ts';

const row = { label: 'a', median: 50, min: 40, max: 60, told: '50 ms', limit: 100, ours: true };

describe('a bar chart', () => {
  it('draws a bar as long as its value is great, its spread, and what is asked', () => {
    const svg = barChart('Times', [
      row,
      { ...row, label: 'b', median: 100, min: 100, max: 100, ours: false },
    ]);
    const widths = [...svg.matchAll(/<rect class="(\w+)"[^>]* width="([\d.]+)"/g)].map(([, who, width]) => [
      who,
      width,
    ]);
    expect(widths).toEqual([
      ['ours', '170'],
      ['other', '340'],
    ]);
    expect(svg.match(/class="spread"/g)).toHaveLength(1);
    expect(svg.match(/class="limit"/g)).toHaveLength(2);
  });

  it('tells what is to be seen, and writes signs of XML as they are', () => {
    const svg = barChart('A < "B"', [{ ...row, label: '<x>' }]);
    expect(svg).toContain('role="img" aria-label="A &lt; &quot;B&quot;"');
    expect(svg).toContain('&lt;x&gt;');
  });

  it('of nothing but zeros has numbers in it', () =>
    expect(barChart('None', [{ ...row, median: 0, min: 0, max: 0, limit: 0 }])).not.toMatch(/NaN|Infinity/));
});

describe('a line chart', () => {
  const lines = [
    { label: 'all', values: [100, 200] },
    { label: 'part', values: [100, 199] },
  ];

  it('draws a line for each, and its labels never on one another', () => {
    const svg = lineChart('Memory', 'MB', lines);
    expect(svg.match(/<path class="line"/g)).toHaveLength(2);
    const heights = [...svg.matchAll(/<text x="582" y="([\d.-]+)">/g)].map(([, height]) => Number(height));
    expect(Math.abs((heights[0] ?? 0) - (heights[1] ?? 0))).toBeGreaterThanOrEqual(15);
  });

  it('of one minute has numbers in it', () =>
    expect(lineChart('Memory', 'MB', [{ label: 'all', values: [5] }])).not.toMatch(/NaN|Infinity/));
});
