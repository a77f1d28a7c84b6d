import { z } from 'zod';
import type { Ctx } from '../context.ts';
import { idField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import type { ApprovalView } from './approval-view.ts';
import { castVote } from './cast-vote.ts';
import { answersField, decisionFields } from './decision-fields.ts';
import { auditingRefusals, withDelegated } from './refusals.ts';

const input = z.strictObject({
  approvalId: idField,
  ...decisionFields,
  /** The hash of the plan that the caller saw: a decision about another plan is refused. */
  planHash: z.string().max(200),
  /** The approver whose delegation the caller uses. Left out: the caller's own power, else one handed over. */
  onBehalfOf: idField.nullish(),
  answers: answersField,
});

const decide = verb({
  action: 'approval.decide',
  permission: 'approvals.decide',
  input,
  run: castVote,
});

/**
 * Decides a request as the person behind the caller, in that person's own right or on behalf of an approver who
 * handed the power over. The same decision again gives the same answer and changes nothing. Throws NOT_FOUND
 * `approval_not_found`; FORBIDDEN `approval_needs_person`, `self_approval`, `not_an_approver`,
 * `delegation_not_in_force`; CONFLICT `approval_already_decided`, `plan_changed`, `already_voted`;
 * PRECONDITION_FAILED `approval_expired`; INVALID `reason_required`, `answers_invalid`. What is forbidden here leaves
 * an audit row `approval.refused`.
 */
export const decideApproval: typeof decide = Object.assign(
  (ctx: Ctx, raw: z.input<typeof input>, once?: string): Promise<ApprovalView> =>
    auditingRefusals(ctx, raw, async () => decide(await withDelegated(ctx), raw, once)),
  { action: decide.action, permission: decide.permission },
);
