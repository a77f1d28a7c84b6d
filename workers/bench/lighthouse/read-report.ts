import { z } from 'zod';

const score = z.object({ score: z.number().nullable() });
const audit = z.object({ numericValue: z.number().optional() });

/** Of a report of Lighthouse, what counts here. */
const reportSchema = z.object({
  finalDisplayedUrl: z.url(),
  categories: z.object({
    performance: score,
    accessibility: score,
    'best-practices': score,
    seo: score,
  }),
  audits: z.object({
    'largest-contentful-paint': audit,
    'total-blocking-time': audit,
    'cumulative-layout-shift': audit,
    'total-byte-weight': audit,
  }),
});

/** What one look at a page gave: scores from 0 to 100, times in milliseconds. */
export interface Look {
  /** Where the page led to. */
  path: string;
  performance: number;
  accessibility: number;
  bestPractices: number;
  seo: number;
  largestPaint: number;
  blocked: number;
  shift: number;
  kilobytes: number;
}

/** Reads a report of Lighthouse. Throws when it is none, or lacks a figure. */
export function readReport(report: unknown): Look {
  const { finalDisplayedUrl, categories, audits } = reportSchema.parse(report);
  const scoreOf = (name: keyof typeof categories): number => {
    const { score: value } = categories[name];
    if (value === null) throw new Error(`Lighthouse gave no score for ${name}`);
    return Math.round(value * 100);
  };
  const figureOf = (name: keyof typeof audits): number => {
    const { numericValue } = audits[name];
    if (numericValue === undefined) throw new Error(`Lighthouse gave no figure for ${name}`);
    return numericValue;
  };
  return {
    path: new URL(finalDisplayedUrl).pathname,
    performance: scoreOf('performance'),
    accessibility: scoreOf('accessibility'),
    bestPractices: scoreOf('best-practices'),
    seo: scoreOf('seo'),
    largestPaint: figureOf('largest-contentful-paint'),
    blocked: figureOf('total-blocking-time'),
    shift: figureOf('cumulative-layout-shift'),
    kilobytes: figureOf('total-byte-weight') / 1_000,
  };
}
