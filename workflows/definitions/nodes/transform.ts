import { z } from 'zod';
import { jsonSchema, stepFields } from '../step-fields.ts';
import type { NodeRules } from '../validate/node-rules.ts';

export const transformSchema = z
  .strictObject({
    ...stepFields,
    kind: z.literal('transform'),
    with: z.strictObject({ value: jsonSchema.describe('Any JSON; every template in it is evaluated.') }),
  })
  .meta({ title: 'transform', description: 'Makes a value from other values.' });
export type TransformStep = z.output<typeof transformSchema>;

export const transformRules: NodeRules<TransformStep> = {
  templates: (step) => [{ at: ['with', 'value'], value: step.with.value, form: 'value' }],
};
