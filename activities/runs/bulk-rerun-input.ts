import { z } from 'zod';
import { idField, numberField, textField } from '../input-fields.ts';
import { fingerprintField } from './failure-fields.ts';

/** The most runs of one bulk re-run. */
export const MAX_BULK_RUNS = 1_000;

/** Which runs to run again, and how: those of a failure that were not run again yet, or the runs that are named. */
export const bulkRerunInput = z
  .strictObject({
    failureFingerprint: fingerprintField.nullish(),
    runIds: z.array(idField).min(1).max(MAX_BULK_RUNS).nullish(),
    /** A path or the id of a step; where each run failed when left out. */
    fromStep: textField(2_000).nullish(),
    /** Each run's own version when left out. */
    version: numberField.nullish(),
  })
  .refine(({ failureFingerprint, runIds }) => (failureFingerprint ?? null) === null || !runIds, {
    path: ['runIds'],
    error: 'Give either a fingerprint or runs, not both.',
  })
  .refine(({ failureFingerprint, runIds }) => (failureFingerprint ?? null) !== null || runIds, {
    path: ['failureFingerprint'],
    error: 'Say which runs: give a fingerprint or the ids of runs.',
  });

/** The same, parsed. */
export type BulkRerunInput = z.output<typeof bulkRerunInput>;
