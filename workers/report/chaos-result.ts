import { z } from 'zod';

/** What a report reads of a run of the fault rig (`npm run test:chaos`); the file holds more. */
export const chaosResultSchema = z.object({
  kind: z.literal('levqor-chaos'),
  format: z.literal(1),
  ok: z.boolean(),
  startedAt: z.iso.datetime(),
  command: z.string(),
  seed: z.number(),
  options: z.object({ runs: z.number() }),
  machine: z.object({ cpus: z.number(), cpu: z.string(), memoryGb: z.number() }),
  versions: z.object({
    commit: z.string().nullable(),
    node: z.string(),
    postgres: z.string(),
    temporal: z.string(),
  }),
  seconds: z.object({ load: z.number(), settle: z.number() }),
  runs: z.object({
    started: z.number(),
    called: z.number(),
    perFlow: z.array(
      z.object({
        flow: z.string(),
        runs: z.number(),
        succeeded: z.number(),
        failed: z.number(),
        cancelled: z.number(),
        medianSeconds: z.number(),
        p95Seconds: z.number(),
      }),
    ),
  }),
  mutations: z.array(z.object({ kind: z.string(), count: z.number() })),
  faults: z.array(
    z.object({ kind: z.string(), proxy: z.string().nullable(), count: z.number(), seconds: z.number() }),
  ),
  effects: z.object({
    effects: z.number(),
    letters: z.number(),
    rows: z.number(),
    effectsArrived: z.number(),
  }),
  invariants: z.array(
    z.object({
      name: z.string(),
      rule: z.string(),
      checked: z.number(),
      broken: z.number(),
      examples: z.array(z.string()),
    }),
  ),
});
export type ChaosResult = z.output<typeof chaosResultSchema>;
