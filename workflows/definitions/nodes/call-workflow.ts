import { z } from 'zod';
import { jsonSchema, stepFields } from '../step-fields.ts';
import type { Finding } from '../validate/finding.ts';
import { plainTextFindings } from '../validate/literal-findings.ts';
import type { NodeRules } from '../validate/node-rules.ts';

export const callWorkflowSchema = z
  .strictObject({
    ...stepFields,
    kind: z.literal('callWorkflow'),
    with: z.strictObject({
      workflow: z.string().min(1).describe("The workflow's id or its name; plain text."),
      version: z.int().min(1).describe('The newest published one when left out.').optional(),
      input: jsonSchema.optional(),
      wait: z.boolean().describe('False goes on without the result.').optional(),
      onCancel: z
        .enum(['cancel', 'leave'])
        .describe('What becomes of the called run when this one is cancelled; "cancel" when left out.')
        .optional(),
    }),
  })
  .meta({ title: 'callWorkflow', description: 'Runs another workflow. Output: its output.' });
export type CallWorkflowStep = z.output<typeof callWorkflowSchema>;

export const callWorkflowRules: NodeRules<CallWorkflowStep> = {
  templates: (step) => [{ at: ['with', 'input'], value: step.with.input, form: 'value' }],
  findings: (step) => [
    ...plainTextFindings(step.with.workflow, ['with', 'workflow']),
    ...onCancelFindings(step.with),
  ],
};

function onCancelFindings({ wait, onCancel }: CallWorkflowStep['with']): Finding[] {
  if (wait !== false || onCancel === undefined) return [];
  const message = 'A run that nobody waits for goes on by itself. Remove "onCancel", or wait for the result.';
  return [{ at: ['with', 'onCancel'], code: 'FIELD_CONFLICT', message }];
}
