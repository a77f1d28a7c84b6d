import { z } from 'zod';
import { EXPIRY_SECONDS } from '../../approvals/approval-terms.ts';
import { FORM_LIMITS, formFieldSchema, type FormField } from '../../approvals/form.ts';
import { APPROVAL_CLASSES } from '../../approvals/model.ts';
import { jsonSchema, numberTemplateSchema, stepFields, templateSchema } from '../step-fields.ts';
import { ROLES } from '../../tenancy/model.ts';
import type { Finding, Place } from '../validate/finding.ts';
import { isAddress, numberFindings, plainTextFindings } from '../validate/literal-findings.ts';
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
      remindAfterSeconds: numberTemplateSchema
        .describe('Approvers are reminded each time that so much has passed, at most 20 times.')
        .optional(),
      escalateAfterSeconds: numberTemplateSchema
        .describe('When so much has passed, those in "escalateTo" can decide too.')
        .optional(),
      escalateTo: z
        .array(z.string().min(1))
        .min(1)
        .describe('Roles, or people by e-mail address, besides the approvers.')
        .optional(),
      form: z
        .array(formFieldSchema)
        .min(1)
        .max(FORM_LIMITS.fields)
        .describe('What an approver fills in.')
        .optional(),
      onDenied: z.enum(['fail', 'continue']).describe('"fail" when left out.').optional(),
    }),
  })
  .meta({
    title: 'approval',
    description:
      'Waits for a decision by people. Output: { decision, class, decidedBy, reason, decidedAt, answers }.',
  });
export type ApprovalStep = z.output<typeof approvalSchema>;

export const approvalRules: NodeRules<ApprovalStep> = {
  templates: ({ with: fields }) => [
    { at: ['with', 'title'], value: fields.title, form: 'value' },
    { at: ['with', 'details'], value: fields.details, form: 'value' },
    { at: ['with', 'expiresInSeconds'], value: fields.expiresInSeconds, form: 'whole' },
    { at: ['with', 'remindAfterSeconds'], value: fields.remindAfterSeconds, form: 'whole' },
    { at: ['with', 'escalateAfterSeconds'], value: fields.escalateAfterSeconds, form: 'whole' },
    ...(fields.form ?? []).map(({ label }, i) => ({
      at: ['with', 'form', i, 'label'],
      value: label,
      form: 'value' as const,
    })),
  ],
  findings: ({ with: fields }) => [
    ...(fields.approvers ?? []).flatMap((one, i) => approverFindings(one, ['with', 'approvers', i])),
    ...(fields.escalateTo ?? []).flatMap((one, i) => approverFindings(one, ['with', 'escalateTo', i])),
    ...SECONDS.flatMap((field) => numberFindings(fields[field], ['with', field], SECONDS_RANGE)),
    ...escalationFindings(fields),
    ...formFindings(fields.form ?? []),
  ],
};

const SECONDS = ['expiresInSeconds', 'remindAfterSeconds', 'escalateAfterSeconds'] as const;
const SECONDS_RANGE: [number, number] = [EXPIRY_SECONDS.least, EXPIRY_SECONDS.most];

function escalationFindings(fields: ApprovalStep['with']): Finding[] {
  const [given, missing] =
    fields.escalateTo === undefined
      ? (['escalateAfterSeconds', 'escalateTo'] as const)
      : (['escalateTo', 'escalateAfterSeconds'] as const);
  if (fields[given] === undefined || fields[missing] !== undefined) return [];
  const message = `Add ${missing}: ${given} does nothing without it.`;
  return [{ at: ['with', missing], code: 'MISSING_FIELD', message }];
}

function formFindings(form: FormField[]): Finding[] {
  return form.flatMap(({ name, type, options, maxLength }, i) => {
    const at = ['with', 'form', i];
    const findings: Finding[] = [];
    if (form.findIndex((other) => other.name === name) < i)
      findings.push({
        at: [...at, 'name'],
        code: 'ID_DUPLICATE',
        message: `Another field of this form is called "${name}" already.`,
      });
    if (type === 'choice' && options === undefined)
      findings.push({ at: [...at, 'options'], code: 'MISSING_FIELD', message: 'Say what can be chosen.' });
    if (type !== 'choice' && options !== undefined)
      findings.push({
        at: [...at, 'options'],
        code: 'FIELD_CONFLICT',
        message: 'Only a "choice" has options.',
      });
    if (type !== 'text' && maxLength !== undefined)
      findings.push({
        at: [...at, 'maxLength'],
        code: 'FIELD_CONFLICT',
        message: 'Only a "text" has a longest length.',
      });
    return findings;
  });
}

function approverFindings(approver: string, at: Place): Finding[] {
  const templates = plainTextFindings(approver, at);
  if (templates.length > 0) return templates;
  if (ROLES.some((role) => role === approver) || isAddress(approver)) return [];
  const hint = didYouMean(approver, ROLES) || ` Roles: ${ROLES.join(', ')}.`;
  return [{ at, code: 'APPROVER_UNKNOWN', message: `Name a role or a person by e-mail address.${hint}` }];
}
