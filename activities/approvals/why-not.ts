import { decisionRefusal, type Voter } from '../../workflows/approvals/decision-refusal.ts';
import { DomainError } from '../../workflows/errors.ts';
import { termsOf, type ApprovalRow, type People } from './approval-row.ts';

/** When somebody looks, and who the people in sight are. */
export interface Moment {
  now: Date;
  people: People;
}

/** Why this caller cannot decide this request at `now`, or null when nothing is in the way. */
export function whyNotDecide(row: ApprovalRow, caller: Voter | null, moment: Moment): DomainError | null {
  if (caller === null) return noPerson();
  return whyClosed(row, moment) ?? whyNotApprover(row, caller) ?? whyVoted(row, caller);
}

/** FORBIDDEN for a caller with nobody behind it: a service account decides nothing. */
export function noPerson(): DomainError {
  return new DomainError(
    'FORBIDDEN',
    'approval_needs_person',
    'Only a person can decide this. Sign in, or use an API key that belongs to a person.',
  );
}

/** CONFLICT when the request was decided or withdrawn, PRECONDITION_FAILED when its time is over. */
export function whyClosed(row: ApprovalRow, { now, people }: Moment): DomainError | null {
  if (row.status === 'EXPIRED' || (row.status === 'PENDING' && row.expiresAt <= now))
    return new DomainError(
      'PRECONDITION_FAILED',
      'approval_expired',
      'The time to decide is over, and that counts as a no. Start the run again to ask again.',
      { expiresAt: row.expiresAt.toISOString() },
    );
  if (row.status === 'PENDING') return null;
  const decidedBy = row.decisions.map((made) => ({
    id: made.personId,
    name: people.get(made.personId)?.name ?? null,
    verdict: made.verdict,
  }));
  const message =
    row.status === 'WITHDRAWN'
      ? 'This request was withdrawn, so there is nothing left to decide.'
      : `This is already decided: it was ${row.status === 'APPROVED' ? 'approved' : 'denied'}.`;
  return new DomainError('CONFLICT', 'approval_already_decided', message, { status: row.status, decidedBy });
}

/** FORBIDDEN when the caller asked for it, or is not among those who may decide. */
export function whyNotApprover(row: ApprovalRow, caller: Voter): DomainError | null {
  const refusal = decisionRefusal(termsOf(row), caller);
  return refusal && new DomainError('FORBIDDEN', refusal.reason, refusal.message);
}

/** CONFLICT when the caller has decided already. */
export function whyVoted(row: ApprovalRow, caller: Voter): DomainError | null {
  const own = row.decisions.find((made) => made.personId === caller.id);
  if (own === undefined) return null;
  const message = `You have ${own.verdict === 'APPROVE' ? 'approved' : 'denied'} this already. A decision cannot be changed.`;
  return new DomainError('CONFLICT', 'already_voted', message, { verdict: own.verdict });
}
