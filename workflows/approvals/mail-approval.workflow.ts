import { isCancellation, proxyActivities, type ActivityOptions } from '@temporalio/workflow';
import type { PersonId } from '../ids.ts';
import type { ApprovalActivities } from './activities.ts';
import type { ApprovalMail } from './model.ts';

/** A mail server that is away is tried again for about half an hour; by then the next reminder is the better news. */
const MAILING: ActivityOptions = {
  startToCloseTimeout: '60s',
  retry: { initialInterval: '5s', backoffCoefficient: 3, maximumInterval: '10m', maximumAttempts: 8 },
};
/** So many mails are on their way at a time. */
const SIDE_BY_SIDE = 10;

const { mailRecipients, sendApprovalMail } = proxyActivities<ApprovalActivities>(MAILING);

/**
 * Writes to everybody concerned on one occasion, one mail a person. A mail that cannot be delivered keeps back no
 * other, and no run waits for it.
 */
export async function mailApproval(mail: ApprovalMail): Promise<void> {
  const people = await mailRecipients(mail);
  for (let from = 0; from < people.length; from += SIDE_BY_SIDE)
    await Promise.all(people.slice(from, from + SIDE_BY_SIDE).map((personId) => send(mail, personId)));
}

async function send(mail: ApprovalMail, personId: PersonId): Promise<void> {
  try {
    await sendApprovalMail({ ...mail, personId });
  } catch (error) {
    if (isCancellation(error)) throw error;
  }
}
