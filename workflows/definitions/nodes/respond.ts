import { z } from 'zod';
import { headersSchema, jsonSchema, numberTemplateSchema, stepFields } from '../step-fields.ts';
import { headerFindings } from '../validate/header-findings.ts';
import { numberFindings } from '../validate/literal-findings.ts';
import type { NodeRules } from '../validate/node-rules.ts';

export const respondSchema = z
  .strictObject({
    ...stepFields,
    kind: z.literal('respond'),
    with: z.strictObject({
      status: numberTemplateSchema.describe('HTTP status, 200 when left out.').optional(),
      headers: headersSchema.optional(),
      body: jsonSchema.optional(),
    }),
  })
  .meta({ title: 'respond', description: 'Answers the caller of the webhook; the run goes on.' });
export type RespondStep = z.output<typeof respondSchema>;

export const respondRules: NodeRules<RespondStep> = {
  templates: ({ with: fields }) => [
    { at: ['with', 'status'], value: fields.status, form: 'whole' },
    { at: ['with', 'headers'], value: fields.headers, form: 'value' },
    { at: ['with', 'body'], value: fields.body, form: 'value' },
  ],
  findings: ({ with: fields }) => [
    ...numberFindings(fields.status, ['with', 'status'], [200, 599]),
    ...headerFindings(fields.headers, ['with', 'headers']),
  ],
};
