import { z } from 'zod';
import type { Ctx } from '../context.ts';
import { findWorkflow } from '../definitions/index.ts';
import { idField } from '../input-fields.ts';
import { MAX_PAGE } from '../page.ts';
import { query } from '../query.ts';
import { openToken } from './webhook-token.ts';
import { toWebhookView, type WebhookView } from './webhook-view.ts';

/** The webhook of a workflow, or null when it never had one. Throws NOT_FOUND for the workflow. */
export const getWebhook = query({
  permission: 'webhooks.read',
  input: z.strictObject({ workflowId: idField }),
  run: async ({ db, tenantId }, { workflowId }): Promise<WebhookView | null> => {
    await findWorkflow(db, tenantId, workflowId);
    const row = await db.webhook.findFirst({ where: { tenantId, workflowId } });
    return row && toWebhookView(row);
  },
});

const openWebhooks = query({
  permission: 'webhooks.read',
  input: z.strictObject({ workflowIds: z.array(idField).max(MAX_PAGE) }),
  run: ({ db, tenantId }, { workflowIds }) =>
    db.webhook.findMany({ where: { tenantId, workflowId: { in: workflowIds }, disabledAt: null } }),
});

/**
 * The secret tokens of the open webhooks of these workflows, by workflow. Empty for a caller who may neither change
 * webhooks nor start runs: who has the token can start runs.
 */
export async function webhookTokens(ctx: Ctx, workflowIds: string[]): Promise<Map<string, string>> {
  if (!ctx.permissions.has('webhooks.write') && !ctx.permissions.has('runs.start')) return new Map();
  const rows = await openWebhooks(ctx, { workflowIds });
  const { tenantId, keyring, database } = ctx;
  return database.withTenant(tenantId, async (db) => {
    const tokens = new Map<string, string>();
    for (const { id: webhookId, workflowId, token } of rows)
      tokens.set(workflowId, await openToken(db, { tenantId, keyring, webhookId }, token));
    return tokens;
  });
}
