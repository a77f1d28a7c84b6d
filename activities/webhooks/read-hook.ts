import type { Db } from '../../prisma/database.ts';
import type { Flow } from '../../workflows/definitions/index.ts';
import type { Json } from '../../workflows/json.ts';
import {
  hasRespondStep,
  WAIT_SECONDS,
  webhookTrigger,
  type CallProblem,
  type WebhookScheme,
} from '../../workflows/webhooks/model.ts';
import type { Ctx } from '../context.ts';
import { findVersion, findWorkflow } from '../definitions/index.ts';
import { webhookOf } from './find-hook.ts';
import { openSecret } from './webhook-token.ts';
import { schemeOf } from './webhook-view.ts';

/** What a webhook does with a call. */
export interface Hook {
  workflowId: string;
  /** The newest version; it is the one that runs. */
  version: number;
  /** Null for a scheme that is not known: then no call may pass. */
  scheme: WebhookScheme | null;
  /** Secret, or null when there is none that can be read. */
  secret: string | null;
  /** Makes the run's input from the call; the call itself when left out. */
  template: Json | undefined;
  /** How long a call waits for the run's answer, in seconds; null when no step gives one. */
  waitSeconds: number | null;
}

/** Reads the webhook that acts, with what its workflow's newest version says. */
export async function readHook(db: Db, ctx: Ctx): Promise<Hook | { problem: CallProblem }> {
  const { tenantId, keyring } = ctx;
  const webhookId = webhookOf(ctx);
  const row = await db.webhook.findFirstOrThrow({ where: { tenantId, id: webhookId } });
  if (row.disabledAt !== null) return { problem: CLOSED };
  const { workflowId } = row;
  const { latestVersion, archivedAt } = await findWorkflow(db, tenantId, workflowId);
  if (latestVersion === null || archivedAt !== null) return { problem: CLOSED };
  const { definition } = await findVersion(db, tenantId, { workflowId, number: latestVersion });
  const flow = definition as unknown as Flow;
  const trigger = webhookTrigger(flow);
  if (trigger === null) return { problem: CLOSED };
  return {
    ...{ workflowId, version: latestVersion, scheme: schemeOf(row.scheme) },
    secret: await openSecret(db, { tenantId, keyring, webhookId }, row.secret),
    template: trigger.input,
    waitSeconds: hasRespondStep(flow.steps) ? (trigger.waitSeconds ?? WAIT_SECONDS) : null,
  };
}

const CLOSED: CallProblem = { status: 404, reason: 'webhook_disabled', message: 'Not found.' };
