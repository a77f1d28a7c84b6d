import { MOST_REMINDERS } from './approval-terms.ts';
import type { ApprovalRequest } from './model.ts';

/** What a waiting request does next if nobody decides before, and when (milliseconds since 1970). */
export interface NextMoment {
  what: 'remind' | 'escalate' | 'expire';
  at: number;
}

/** What a request has done so far while it waited. */
export interface WaitingSoFar {
  /** How often approvers were reminded. */
  reminded?: number;
  escalated?: boolean;
}

type Times = Pick<ApprovalRequest, 'requestedAt' | 'expiresAt' | 'remindEverySeconds' | 'escalation'>;

/** The next moment of a waiting request. Of two at once the expiry wins, then the escalation. */
export function nextMoment(request: Times, soFar: WaitingSoFar): NextMoment {
  const { escalation, remindEverySeconds } = request;
  const moments: NextMoment[] = [{ what: 'expire', at: Date.parse(request.expiresAt) }];
  if (escalation && !soFar.escalated) moments.push({ what: 'escalate', at: Date.parse(escalation.at) });
  const number = (soFar.reminded ?? 0) + 1;
  if (remindEverySeconds !== undefined && number <= MOST_REMINDERS)
    moments.push({
      what: 'remind',
      at: Date.parse(request.requestedAt) + number * remindEverySeconds * 1_000,
    });
  return moments.reduce((first, other) => (other.at < first.at ? other : first));
}
