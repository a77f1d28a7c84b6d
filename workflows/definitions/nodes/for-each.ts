import { z } from 'zod';
import type { Json } from '../../json.ts';
import { jsonSchema, stepFields, type StepFields } from '../step-fields.ts';
import type { Finding } from '../validate/finding.ts';
import { emptyBodyFindings, reservedNameFindings } from '../validate/body-findings.ts';
import type { NodeRules } from '../validate/node-rules.ts';

export interface ForEachStep<Step> extends StepFields {
  kind: 'forEach';
  items: Json;
  as: string;
  concurrency?: number | undefined;
  steps: Step[];
}

export const forEachSchema = <Step>(steps: z.ZodType<Step[]>): z.ZodType<ForEachStep<Step>> =>
  z
    .strictObject({
      ...stepFields,
      kind: z.literal('forEach'),
      items: jsonSchema.describe('A list, or one whole {{ expression }} giving one.'),
      as: z
        .string()
        .regex(
          /^[a-zA-Z_][a-zA-Z0-9_]*$/,
          'Begin with a letter and use letters, digits and underscores, as in "line".',
        )
        .max(64)
        .describe('Name of the current item in expressions; "index" counts from 0.'),
      concurrency: z.int().min(1).describe('How many items at a time; 1 when left out.').optional(),
      steps,
    })
    .meta({ title: 'forEach', description: 'Runs its steps for each item. Output: a list in item order.' });

export const forEachRules: NodeRules<ForEachStep<unknown>> = {
  templates: (step) => [
    { at: ['items'], value: step.items, form: typeof step.items === 'string' ? 'whole' : 'value' },
  ],
  findings: (step) => [
    ...itemsFindings(step.items),
    ...reservedNameFindings(step.as, ['as']),
    ...emptyBodyFindings(step.steps, ['steps']),
  ],
};

function itemsFindings(items: Json): Finding[] {
  if (Array.isArray(items) || typeof items === 'string') return [];
  const message = 'Give a list, or one whole {{ expression }} that gives one.';
  return [{ at: ['items'], code: 'WRONG_TYPE', message }];
}
