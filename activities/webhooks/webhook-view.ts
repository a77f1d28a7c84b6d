import type { Db, Prisma } from '../../prisma/database.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { TenantId, WorkflowId } from '../../workflows/ids.ts';
import { WEBHOOK_SCHEMES, type WebhookScheme } from '../../workflows/webhooks/model.ts';
import { findWorkflow } from '../definitions/index.ts';

/** A webhook as it is shown: never its token or secret. Times are ISO 8601. */
export interface WebhookView {
  id: string;
  workflowId: WorkflowId;
  scheme: WebhookScheme;
  hasSecret: boolean;
  /** True while the newest version has no webhook trigger, or the workflow is archived. */
  disabled: boolean;
  createdAt: string;
  /** When its address was last replaced. */
  rotatedAt: string | null;
}

/** The view of a row. */
export function toWebhookView(row: Prisma.WebhookGetPayload<object>): WebhookView {
  return {
    id: row.id,
    workflowId: row.workflowId as WorkflowId,
    scheme: schemeOf(row.scheme) ?? 'none',
    hasSecret: row.secret !== null,
    disabled: row.disabledAt !== null,
    createdAt: row.createdAt.toISOString(),
    rotatedAt: row.rotatedAt?.toISOString() ?? null,
  };
}

/** The scheme of a row; null for a text that is none. */
export function schemeOf(text: string): WebhookScheme | null {
  return WEBHOOK_SCHEMES.find((scheme) => scheme === text) ?? null;
}

/** The webhook of a workflow, locked until the transaction ends. Throws NOT_FOUND for the workflow and for the webhook. */
export async function lockWebhook(db: Db, tenantId: TenantId, workflowId: string) {
  await findWorkflow(db, tenantId, workflowId);
  await db.$queryRaw`SELECT id FROM webhook WHERE tenant_id = ${tenantId}::uuid AND workflow_id = ${workflowId}::uuid FOR UPDATE`;
  const row = await db.webhook.findFirst({ where: { tenantId, workflowId } });
  if (row === null)
    throw new DomainError(
      'NOT_FOUND',
      'webhook_not_found',
      'This workflow has no webhook. Publish a version with a webhook trigger first.',
    );
  return row;
}
