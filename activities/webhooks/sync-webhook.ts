import { randomUUID } from 'node:crypto';
import type { Flow } from '../../workflows/definitions/index.ts';
import { webhookTrigger } from '../../workflows/webhooks/model.ts';
import { personOf } from '../context.ts';
import type { RunTools } from '../verb.ts';
import { newTokenColumns } from './webhook-token.ts';

/**
 * Makes the webhook of a workflow what its newest version says: there and open with a webhook trigger, closed without
 * one or when the workflow is archived (`flow` is null). A webhook that opens again keeps its address. Call it with
 * the workflow's row locked.
 */
export async function syncWebhook(
  { db, tenantId, actor, keyring }: RunTools,
  { workflowId, flow }: { workflowId: string; flow: Flow | null },
): Promise<void> {
  const wanted = flow !== null && webhookTrigger(flow) !== null;
  const row = await db.webhook.findFirst({ where: { tenantId, workflowId } });
  if (row) {
    if (wanted === (row.disabledAt === null)) return;
    const disabledAt = wanted ? null : new Date();
    await db.webhook.updateMany({ where: { tenantId, id: row.id }, data: { disabledAt } });
  } else if (wanted) {
    const id = randomUUID();
    const columns = await newTokenColumns(db, { tenantId, keyring, webhookId: id });
    await db.webhook.create({
      data: { tenantId, id, workflowId, scheme: 'none', createdBy: personOf(actor), ...columns },
    });
  }
}
