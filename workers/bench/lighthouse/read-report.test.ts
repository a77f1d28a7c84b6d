import { describe, expect, it } from '@jest/globals';
import { readReport } from './read-report.ts';

const report = {
  finalDisplayedUrl: 'http://localhost:3000/en/sign-in?next=x',
  categories: {
    performance: { score: 0.97 },
    accessibility: { score: 1 },
    'best-practices': { score: 1 },
    seo: { score: 0.92 },
  },
  audits: {
    'largest-contentful-paint': { numericValue: 1_234.5 },
    'total-blocking-time': { numericValue: 20 },
    'cumulative-layout-shift': { numericValue: 0.01 },
    'total-byte-weight': { numericValue: 210_000 },
    'of-another-kind': {},
  },
};

describe('readReport', () => {
  it('reads what counts', () => {
    expect(readReport(report)).toEqual({
      ...{ path: '/en/sign-in', performance: 97, accessibility: 100, bestPractices: 100, seo: 92 },
      ...{ largestPaint: 1_234.5, blocked: 20, shift: 0.01, kilobytes: 210 },
    });
  });

  it.each<[string, object]>([
    ['no score', { categories: { ...report.categories, seo: { score: null } } }],
    ['no figure', { audits: { ...report.audits, 'total-blocking-time': {} } }],
    ['no audits', { audits: undefined }],
  ])('refuses %s', (_, changed) => {
    expect(() => readReport({ ...report, ...changed })).toThrow();
  });
});
