import { z } from 'zod';
import { stepFields, templateSchema, type StepFields } from '../step-fields.ts';
import type { NodeRules } from '../validate/node-rules.ts';

export interface BranchStep<Step> extends StepFields {
  kind: 'branch';
  cases: { when: string; steps: Step[] }[];
  otherwise?: Step[] | undefined;
}

export const branchSchema = <Step>(steps: z.ZodType<Step[]>): z.ZodType<BranchStep<Step>> =>
  z
    .strictObject({
      ...stepFields,
      kind: z.literal('branch'),
      cases: z
        .array(
          z.strictObject({
            when: templateSchema.describe('One whole {{ expression }}; the first case that is true runs.'),
            steps,
          }),
        )
        .min(1),
      otherwise: steps.optional(),
    })
    .meta({
      title: 'branch',
      description: 'Runs the steps of the first case that is true, else those of "otherwise".',
    });

export const branchRules: NodeRules<BranchStep<unknown>> = {
  templates: (step) =>
    step.cases.map((one, i) => ({ at: ['cases', i, 'when'], value: one.when, form: 'whole' })),
};
