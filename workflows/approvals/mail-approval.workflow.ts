import { proxyActivities } from '@temporalio/workflow';
import { mailing } from '../activity-options.ts';
import { mailEach } from '../mail-each.ts';
import type { ApprovalActivities } from './activities.ts';
import type { ApprovalMail } from './model.ts';

const { mailRecipients, sendApprovalMail } = proxyActivities<ApprovalActivities>(mailing);

/**
 * Writes to everybody concerned on one occasion, one mail a person. A mail that cannot be delivered keeps back no
 * other, and no run waits for it.
 */
export async function mailApproval(mail: ApprovalMail): Promise<void> {
  await mailEach(await mailRecipients(mail), (personId) => sendApprovalMail({ ...mail, personId }));
}
