import { z } from 'zod';
import type { Json } from '../json.ts';

/** Any JSON value; templates inside its strings are evaluated by the run. */
export const jsonSchema: z.ZodType<Json> = z.json().meta({ id: 'json' });

/** Text that may hold `{{ expressions }}`. */
export const templateSchema = z.string();

/** A number, or text that is one whole `{{ expression }}` giving a number. */
export const numberTemplateSchema = z.union([z.number(), z.string()]);

/** Unique in a definition, kebab or camel case; it names the step's result and its path. */
export const stepIdSchema = z
  .string()
  .regex(
    /^[a-zA-Z][a-zA-Z0-9]*(?:-[a-zA-Z0-9]+)*$/,
    'Begin with a letter and use letters, digits and single dashes, as in "send-reminder".',
  )
  .max(64)
  .describe('Stable name of the step, unique in the definition. Its result is steps.<id>.output.');

/** Name of a connection of the organisation; plain text, never an expression. */
export const connectionNameSchema = z.string().min(1).max(200);

/** Header names with their values. */
export const headersSchema = z.record(z.string(), templateSchema);

export const RETRY_LIMITS = { attempts: 100, delaySeconds: 86_400 } as const;

/** How often a failed step is tried again. Delays grow by `factor` from `firstDelaySeconds` up to `maxDelaySeconds`. */
export const retrySchema = z
  .strictObject({
    attempts: z.int().min(1).max(RETRY_LIMITS.attempts).describe('How often the step is tried in all.'),
    firstDelaySeconds: z.number().min(0).max(RETRY_LIMITS.delaySeconds).optional(),
    factor: z.number().min(1).max(10).describe('Each delay is this many times the one before.').optional(),
    maxDelaySeconds: z.number().min(0).max(RETRY_LIMITS.delaySeconds).optional(),
  })
  .describe('How often a failed step is tried again, and after which delays.');
export type Retry = z.output<typeof retrySchema>;

/** The longest time that anything may be told to last: 366 days. */
export const MAX_SECONDS = 31_622_400;

/** The fields that every kind of step has besides its own. */
export const stepFields = {
  id: stepIdSchema,
  name: z.string().max(200).describe('A title for people.').optional(),
  description: z.string().max(2000).optional(),
  when: templateSchema
    .describe('One whole {{ expression }}: the step is skipped unless it is true.')
    .optional(),
  retry: retrySchema.optional(),
  timeoutSeconds: z
    .number()
    .positive()
    .max(MAX_SECONDS)
    .describe('How long one attempt may take.')
    .optional(),
  onError: z
    .enum(['fail', 'continue'])
    .describe('"continue" goes on after a failure; the error is then at steps.<id>.error.')
    .optional(),
};
export interface StepFields {
  id: string;
  name?: string | undefined;
  description?: string | undefined;
  when?: string | undefined;
  retry?: Retry | undefined;
  timeoutSeconds?: number | undefined;
  onError?: 'fail' | 'continue' | undefined;
}

/** What expressions find by these names; no loop variable may hide them. */
export const RESERVED_NAMES = ['input', 'steps', 'run', 'index', 'error'] as const;
