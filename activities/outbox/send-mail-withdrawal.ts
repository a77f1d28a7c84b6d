import type { Client } from '@temporalio/client';
import { tenantAttribute } from '../../temporal/search-attributes.ts';
import type { mailApproval } from '../../workflows/approvals/mail-approval.workflow.ts';
import { temporalHelperId } from '../../workflows/ids.ts';
import { uuidOf } from '../../workflows/sha256.ts';
import { RUNS_TASK_QUEUE } from '../../workflows/task-queues.ts';
import type { OutboxMessage, QueuedMessage } from '../context.ts';

type MailWithdrawal = Extract<OutboxMessage, { kind: 'mailWithdrawal' }>;

/** Starts the workflow that writes to those who were asked for an approval. Throws what the client throws. */
export async function sendMailWithdrawal(
  client: Client,
  { tenantId, message }: QueuedMessage & { message: MailWithdrawal },
): Promise<void> {
  const { approvalId } = message;
  await client.workflow.start<typeof mailApproval>('mailApproval', {
    workflowId: temporalHelperId('approval-mail', tenantId, uuidOf(`${approvalId} withdrawal 0`)),
    taskQueue: RUNS_TASK_QUEUE,
    args: [{ tenantId, approvalId, kind: 'withdrawal', number: 0 }],
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    typedSearchAttributes: [{ key: tenantAttribute, value: tenantId }],
    priority: { fairnessKey: tenantId },
  });
}
