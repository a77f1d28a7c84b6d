import { z } from 'zod';
import type { RunId } from '../../workflows/ids.ts';
import type { DeliveryOutcome } from '../../workflows/webhooks/model.ts';
import { idField } from '../input-fields.ts';
import { afterCursor, pageFields, readCursor, toPage, type Page } from '../page.ts';
import { query } from '../query.ts';

/** One call that came in, and what became of it. */
export interface WebhookDeliveryView {
  id: string;
  /** ISO 8601. */
  receivedAt: string;
  outcome: DeliveryOutcome;
  httpStatus: number;
  /** Why it was refused, a stable word; null when it was not. */
  reason: string | null;
  bytes: number;
  contentType: string | null;
  /** The run that it started. */
  runId: RunId | null;
  /** How often the same call came again. */
  duplicates: number;
}

/** The calls that a webhook received, newest first. Empty for a webhook of somebody else. */
export const listWebhookDeliveries = query({
  permission: 'webhooks.read',
  input: z.strictObject({ ...pageFields, webhookId: idField }),
  run: async ({ db, tenantId }, { first, after, webhookId }): Promise<Page<WebhookDeliveryView>> => {
    const rows = await db.webhookDelivery.findMany({
      where: { tenantId, webhookId, ...afterCursor('receivedAt', readCursor(after)) },
      orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
      take: first + 1,
    });
    return toPage(rows, first, {
      at: (row) => row.receivedAt,
      node: ({ id, receivedAt, outcome, httpStatus, reason, bytes, contentType, runId, duplicates }) => ({
        ...{ id, httpStatus, reason, bytes, contentType, duplicates },
        receivedAt: receivedAt.toISOString(),
        outcome: outcome as DeliveryOutcome,
        runId: runId as RunId | null,
      }),
    });
  },
});
