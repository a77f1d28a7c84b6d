import { z } from 'zod';
import { stepFields, templateSchema, type StepFields } from '../step-fields.ts';
import { emptyBodyFindings } from '../validate/body-findings.ts';
import type { NodeRules } from '../validate/node-rules.ts';

export interface WhileStep<Step> extends StepFields {
  kind: 'while';
  condition: string;
  maxIterations: number;
  steps: Step[];
}

export const whileSchema = <Step>(steps: z.ZodType<Step[]>): z.ZodType<WhileStep<Step>> =>
  z
    .strictObject({
      ...stepFields,
      kind: z.literal('while'),
      condition: templateSchema.describe('One whole {{ expression }}; another round while it is true.'),
      maxIterations: z.int().min(1).describe('The most rounds; more fail the step.'),
      steps,
    })
    .meta({ title: 'while', description: 'Runs its steps again and again while the condition is true.' });

export const whileRules: NodeRules<WhileStep<unknown>> = {
  templates: (step) => [{ at: ['condition'], value: step.condition, form: 'whole', seesBody: true }],
  findings: (step) => emptyBodyFindings(step.steps, ['steps']),
};
