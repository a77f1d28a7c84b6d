import { z } from 'zod';
import { stepFields, templateSchema } from '../step-fields.ts';
import type { NodeRules } from '../validate/node-rules.ts';

export const failSchema = z
  .strictObject({
    ...stepFields,
    kind: z.literal('fail'),
    with: z.strictObject({
      message: templateSchema,
      code: z
        .string()
        .regex(/^[A-Z][A-Z0-9_]*$/, 'Use capital letters, digits and underscores, as in "NO_STOCK".')
        .max(64)
        .optional(),
    }),
  })
  .meta({ title: 'fail', description: 'Ends the scope with an error.' });
export type FailStep = z.output<typeof failSchema>;

export const failRules: NodeRules<FailStep> = {
  templates: (step) => [{ at: ['with', 'message'], value: step.with.message, form: 'value' }],
};
