import { z } from 'zod';
import { APPROVAL_CLASSES } from '../../approvals/model.ts';
import { jsonSchema, numberTemplateSchema, stepFields, templateSchema } from '../step-fields.ts';
import { ROLES } from '../../tenancy/model.ts';
import type { Finding } from '../validate/finding.ts';
import { isAddress, plainTextFindings, secondsFindings } from '../validate/literal-findings.ts';
import { didYouMean } from '../validate/nearest-name.ts';
import type { NodeRules } from '../validate/node-rules.ts';

export const approvalSchema = z
  .strictObject({
    ...stepFields,
    kind: z.literal('approval'),
    with: z.strictObject({
      title: templateSchema,
      details: jsonSchema.optional(),
      class: z
        .enum(APPROVAL_CLASSES)
        .describe('The least class; what is guarded can raise it, nothing lowers it.')
        .optional(),
      approvers: z.array(z.string().min(1)).min(1).describe('Roles, or people by e-mail address.').optional(),
      expiresInSeconds: numberTemplateSchema.describe('After this time it counts as denied.').optional(),
      onDenied: z.enum(['fail', 'continue']).describe('"fail" when left out.').optional(),
    }),
  })
  .meta({
    title: 'approval',
    description: 'Waits for a decision by people. Output: { decision, decidedBy, reason, decidedAt }.',
  });
export type ApprovalStep = z.output<typeof approvalSchema>;

export const approvalRules: NodeRules<ApprovalStep> = {
  templates: ({ with: fields }) => [
    { at: ['with', 'title'], value: fields.title, form: 'value' },
    { at: ['with', 'details'], value: fields.details, form: 'value' },
    { at: ['with', 'expiresInSeconds'], value: fields.expiresInSeconds, form: 'whole' },
  ],
  findings: ({ with: fields }) => [
    ...(fields.approvers ?? []).flatMap(approverFindings),
    ...secondsFindings(fields.expiresInSeconds, ['with', 'expiresInSeconds'], 1),
  ],
};

function approverFindings(approver: string, i: number): Finding[] {
  const at = ['with', 'approvers', i];
  const templates = plainTextFindings(approver, at);
  if (templates.length > 0) return templates;
  if (ROLES.some((role) => role === approver) || isAddress(approver)) return [];
  const hint = didYouMean(approver, ROLES) || ` Roles: ${ROLES.join(', ')}.`;
  return [{ at, code: 'APPROVER_UNKNOWN', message: `Name a role or a person by e-mail address.${hint}` }];
}
