import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Flow } from '../../workflows/definitions/index.ts';
import type { JsonObject } from '../../workflows/json.ts';
import type { Ctx } from '../context.ts';
import { createWorkflow } from '../definitions/index.ts';
import { publishWorkflow } from '../publishing/index.ts';
import { idField } from '../input-fields.ts';
import type { TestTenant } from '../testing.ts';
import { verb } from '../verb.ts';
import { webhookTokens } from './get-webhook.ts';
import { syncWebhook } from './sync-webhook.ts';

/** Opens or closes a webhook, as publishing and archiving do. */
export const syncHook = verb({
  action: 'test.sync-webhook',
  permission: 'definitions.publish',
  input: z.strictObject({ workflowId: idField, flow: z.custom<Flow>().nullable() }),
  run: syncWebhook,
});

/** A flow with a webhook trigger and one `transform` step, with other fields as given. */
export function hookFlow(fields: Partial<Flow> = {}): Flow {
  const steps = [{ id: 'hello', kind: 'transform', with: { value: 1 } }] as unknown as Flow['steps'];
  return { flow: 'v1', triggers: [{ kind: 'webhook' }], steps, ...fields };
}

/** A published workflow with an open webhook; its token, as its owner sees it. */
export async function hookedWorkflow(tenant: TestTenant, fields?: Partial<Flow>) {
  const owner = tenant.as('owner');
  const flow = hookFlow(fields);
  const definition = flow as unknown as JsonObject;
  const { id: workflowId } = await createWorkflow(owner, { name: `Hook ${randomUUID()}`, definition });
  await publishWorkflow(owner, { workflowId });
  return { workflowId, token: await tokenOf(owner, workflowId) };
}

/** The token of a workflow's open webhook, or `closed`. */
export async function tokenOf(ctx: Ctx, workflowId: string): Promise<string> {
  return (await webhookTokens(ctx, [workflowId])).get(workflowId) ?? 'closed';
}
