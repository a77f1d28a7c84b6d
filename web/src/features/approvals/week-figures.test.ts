import { describe, expect, it } from '@jest/globals';
import type { Figures } from './analytics-loader.ts';
import { chartsOf } from './week-figures.ts';

const figures = (some: Partial<Figures>): Figures => ({
  ...{ requested: 0, approved: 0, denied: 0, expired: 0, withdrawn: 0, reminders: 0, escalated: 0 },
  ...{ medianSeconds: null, p95Seconds: null, selfApprovalsRefused: 0 },
  ...some,
});
const week = (number: number) => ({ key: `2026-W${number}`, start: number });

describe('the charts of approvals by week', () => {
  const [asked, waited, refused] = chartsOf({
    weeks: [week(47), week(48)],
    groups: [
      {
        key: '2026-W48',
        figures: figures({ requested: 5, denied: 1, expired: 2, medianSeconds: 60, p95Seconds: 600 }),
      },
    ],
    weeksBefore: [week(45)],
    groupsBefore: [{ key: '2026-W45', figures: figures({ requested: 3 }) }],
  });

  it('count nothing in weeks without requests, and compare with the weeks before', () => {
    expect(asked).toMatchObject({ unit: 'count', measure: [0, 5], comparison: [3, null] });
    expect(refused).toMatchObject({ measure: [0, 1], comparison: [0, 2] });
  });

  it('leave out the waiting time of weeks in which nobody decided', () => {
    expect(waited).toMatchObject({ unit: 'seconds', measure: [null, 60], comparison: [null, 600] });
  });
});
