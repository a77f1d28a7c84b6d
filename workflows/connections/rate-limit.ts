import { z } from 'zod';

/**
 * How often steps may use a connection, over all runs and workers: on the average `requests` in `perSeconds`, and after
 * a rest so many at once. A step that comes too early waits; none fails.
 */
export const rateLimitSchema = z.strictObject({
  requests: z.int().min(1, 'At least 1 request.').max(100_000, 'At most 100,000 requests.'),
  perSeconds: z.int().min(1, 'At least 1 second.').max(86_400, 'At most 86,400 seconds, which is a day.'),
});
export type RateLimit = z.output<typeof rateLimitSchema>;
