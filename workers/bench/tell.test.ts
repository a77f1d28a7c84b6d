import { expect, it } from '@jest/globals';
import { tellFigure, tellNumber } from './tell.ts';

it.each([
  [0.1234, 's', '0.123 s'],
  [1234.56, 'ms', '1,234.6 ms'],
  [92, 'per s', '92.0 per s'],
  [0.704, '×', '0.70 ×'],
  [0, 'count', '0'],
] as const)('%d %s is told as %s', (value, unit, told) => expect(tellNumber(value, unit)).toBe(told));

it('a figure tells medians with their spread, verdicts, failures and notes', () => {
  const lines = tellFigure({
    ...{ name: 'hook', title: 'Webhook', failures: 2, notes: ['The webhook answered 500'] },
    series: [
      { label: 'engine', unit: 'per s', rounds: [90, 100, 95] },
      { label: 'p99', unit: 'ms', rounds: [400] },
    ],
    verdicts: [
      { of: 'engine', statistic: 'min', relation: '≥', limit: 92, measured: 90, unit: 'per s', holds: false },
      { of: 'p99', statistic: 'median', relation: '≤', limit: 400, measured: 400, unit: 'ms', holds: true },
    ],
  });
  expect(lines).toEqual([
    '  hook: Webhook',
    '    engine    95.0 per s  (90.0 per s to 100.0 per s)',
    '    p99         400.0 ms',
    '    ✗ engine (min of the rounds) ≥ 92.0 per s: 90.0 per s, falls short',
    '    ✓ p99 ≤ 400.0 ms: 400.0 ms, holds',
    '    ✗ 2 failures',
    '    · The webhook answered 500',
  ]);
});
