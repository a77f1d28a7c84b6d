import type { Db } from '../../prisma/database.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { Json } from '../../workflows/json.ts';
import {
  hasRespondStep,
  WAIT_SECONDS,
  webhookTrigger,
  type CallProblem,
  type WebhookScheme,
} from '../../workflows/webhooks/model.ts';
import { readStartable, type StartableVersion } from '../runs/index.ts';
import type { RunTools } from '../verb.ts';
import { webhookOf } from './find-hook.ts';
import { openSecret } from './webhook-token.ts';
import { schemeOf } from './webhook-view.ts';

/** What a webhook does with a call. */
export interface Hook {
  workflowId: string;
  /** The newest version; it is the one that runs. */
  published: StartableVersion;
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
export async function readHook({ db, ...tools }: RunTools): Promise<Hook | { problem: CallProblem }> {
  const { tenantId, keyring } = tools;
  const webhookId = webhookOf(tools);
  const row = await db.webhook.findFirstOrThrow({ where: { tenantId, id: webhookId } });
  const { workflowId } = row;
  const published = row.disabledAt === null ? await startableOf(db, { tenantId, workflowId }) : null;
  const trigger = published && webhookTrigger(published.flow);
  if (!published || !trigger) return { problem: CLOSED };
  return {
    ...{ workflowId, published, scheme: schemeOf(row.scheme) },
    secret: await openSecret(db, { tenantId, keyring, webhookId }, row.secret),
    template: trigger.input,
    waitSeconds: hasRespondStep(published.flow.steps) ? (trigger.waitSeconds ?? WAIT_SECONDS) : null,
  };
}

// Not there, not published or archived: for a caller it is all the same.
async function startableOf(
  db: Db,
  { tenantId, workflowId }: { tenantId: RunTools['tenantId']; workflowId: string },
): Promise<StartableVersion | null> {
  try {
    return await readStartable(db, tenantId, { workflowId, version: null });
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

const CLOSED: CallProblem = { status: 404, reason: 'webhook_disabled', message: 'Not found.' };
