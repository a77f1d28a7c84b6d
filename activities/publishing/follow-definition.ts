import type { Flow } from '../../workflows/definitions/index.ts';
import { syncDefinitionSchedules } from '../schedules/index.ts';
import type { RunTools } from '../verb.ts';
import { syncWebhook } from '../webhooks/index.ts';

/**
 * Makes what starts runs of a workflow follow its newest definition, in the transaction that published it. `flow` null is a
 * workflow that was archived: nothing starts it any more. A new kind of trigger is added here.
 */
export async function followDefinition(
  tools: RunTools,
  followed: { workflowId: string; flow: Flow | null },
): Promise<void> {
  await syncDefinitionSchedules(tools, followed);
  await syncWebhook(tools, followed);
}
