import { decisionRefusal, type Voter } from '../../workflows/approvals/decision-refusal.ts';
import { DomainError } from '../../workflows/errors.ts';
import { termsOf, type ApprovalRow, type People } from './approval-row.ts';
import type { Caller } from './caller.ts';

/** When somebody looks, and who the people in sight are. */
export interface Moment {
  now: Date;
  people: People;
}

/** Why this caller cannot decide this request at `now`, or null when nothing is in the way. */
export function whyNotDecide(row: ApprovalRow, caller: Caller | null, moment: Moment): DomainError | null {
  if (caller === null) return noPerson();
  const closed = whyClosed(row, moment);
  if (closed !== null) return closed;
  const power = powerToDecide(row, caller.powers);
  return power instanceof DomainError ? power : null;
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

/**
 * The first of these powers, all of one person, by which the request can be decided; else why there is none. Of several
 * reasons it is the first that is more than "not an approver", so that an attempt to approve oneself is told as such.
 */
export function powerToDecide(row: ApprovalRow, powers: readonly Voter[]): Voter | DomainError {
  const barriers: DomainError[] = [];
  for (const power of powers) {
    const barrier = whyNotApprover(row, power) ?? whyVoted(row, power);
    if (barrier === null) return power;
    barriers.push(barrier);
  }
  return barriers.find((one) => one.reason !== 'not_an_approver') ?? barriers[0] ?? noPerson();
}

/** FORBIDDEN when the caller, or the one decided for, asked for it or is not among those who may decide. */
function whyNotApprover(row: ApprovalRow, voter: Voter): DomainError | null {
  const refusal = decisionRefusal(termsOf(row), voter);
  return refusal && new DomainError('FORBIDDEN', refusal.reason, refusal.message);
}

/** CONFLICT when the caller has decided already, or when the one decided for has, in person or by somebody else. */
function whyVoted(row: ApprovalRow, voter: Voter): DomainError | null {
  const own = row.decisions.find((made) => made.personId === voter.id);
  const done = own ?? row.decisions.find((made) => (made.onBehalfOf ?? made.personId) === voter.onBehalfOf);
  if (done === undefined) return null;
  const who = own === undefined ? 'The person you stand in for has' : 'You have';
  const message = `${who} ${done.verdict === 'APPROVE' ? 'approved' : 'denied'} this already. A decision cannot be changed.`;
  return new DomainError('CONFLICT', 'already_voted', message, { verdict: done.verdict });
}
