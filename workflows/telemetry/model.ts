import { z } from 'zod';
import { CLIENT_LOG_LIMITS } from './limits.ts';

/** Figures of a page's load and its answers to people: https://web.dev/vitals. */
export const VITALS = ['CLS', 'FCP', 'INP', 'LCP', 'TTFB'] as const;
export type Vital = (typeof VITALS)[number];

/** Mistakes of the page itself: thrown and caught by nobody, or by the page that says so. */
export const CLIENT_FAULTS = ['error', 'rejection'] as const;

const { text, stack, page, events } = CLIENT_LOG_LIMITS;
const at = z.string().max(page).describe('The page, its ids taken out.');

/** One thing that a browser tells of. */
export const clientEventSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum(CLIENT_FAULTS),
    page: at,
    message: z.string().max(text),
    stack: z.string().max(stack).nullable(),
    digest: z.string().max(64).nullable().describe("The mark of the server's own log line."),
    count: z.int().min(1).max(1_000).describe('How often it came.'),
  }),
  z.strictObject({
    kind: z.literal('request'),
    page: at,
    path: z.string().max(page),
    status: z.int().min(400).max(599),
    count: z.int().min(1).max(1_000),
  }),
  z.strictObject({
    kind: z.literal('policy'),
    page: at,
    directive: z.string().max(60),
    blocked: z.string().max(page),
    count: z.int().min(1).max(1_000),
  }),
  z.strictObject({
    kind: z.literal('vital'),
    page: at,
    name: z.enum(VITALS),
    value: z.number().min(0).max(600_000).describe('Milliseconds; for CLS a score.'),
  }),
]);
export type ClientEvent = z.output<typeof clientEventSchema>;
export type ClientEventKind = ClientEvent['kind'];

/** What a browser sends at once. */
export const clientBatchSchema = z.strictObject({ events: z.array(clientEventSchema).min(1).max(events) });
export type ClientBatch = z.output<typeof clientBatchSchema>;
