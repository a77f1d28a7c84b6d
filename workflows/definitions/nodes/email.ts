import { z } from 'zod';
import { connectionNameSchema, stepFields, templateSchema } from '../step-fields.ts';
import type { Finding } from '../validate/finding.ts';
import { textFindings } from '../validate/header-findings.ts';
import { addressFindings } from '../validate/literal-findings.ts';
import type { NodeRules } from '../validate/node-rules.ts';

export const emailSchema = z
  .strictObject({
    ...stepFields,
    kind: z.literal('email'),
    with: z.strictObject({
      connection: connectionNameSchema
        .describe('Name of an SMTP connection; the one of the organisation when left out.')
        .optional(),
      to: z
        .union([templateSchema, z.array(templateSchema).min(1)])
        .describe('One e-mail address, or a list of them.'),
      subject: templateSchema,
      text: templateSchema.optional(),
      html: templateSchema.optional(),
    }),
  })
  .meta({ title: 'email', description: 'Sends an e-mail. Output: { messageId }.' });
export type EmailStep = z.output<typeof emailSchema>;

export const emailRules: NodeRules<EmailStep> = {
  templates: ({ with: fields }) =>
    (['to', 'subject', 'text', 'html'] as const).map((field) => ({
      at: ['with', field],
      value: fields[field],
      form: 'value',
    })),
  findings: ({ with: fields }) => [
    ...receiverFindings(fields.to),
    ...textFindings(fields.subject, ['with', 'subject']),
    ...contentFindings(fields),
  ],
  connection: ({ with: fields }) => ({ at: ['with', 'connection'], name: fields.connection, kind: 'SMTP' }),
};

function receiverFindings(to: string | string[]): Finding[] {
  if (typeof to === 'string') return addressFindings(to, ['with', 'to']);
  return to.flatMap((address, i) => addressFindings(address, ['with', 'to', i]));
}

function contentFindings(fields: EmailStep['with']): Finding[] {
  if (fields.text !== undefined || fields.html !== undefined) return [];
  return [
    { at: ['with', 'text'], code: 'MISSING_FIELD', message: 'Say what to send: add "text" or "html".' },
  ];
}
