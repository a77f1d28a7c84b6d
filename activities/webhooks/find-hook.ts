import type { Actor, Ctx } from '../context.ts';
import { hashOfWebhookToken } from './webhook-token.ts';

/** What a call of a webhook may do: start its run, and see how that stands. */
const RIGHTS: Ctx['permissions'] = new Set(['runs.start', 'runs.read']);

/**
 * Signs a call in by the token in its address; null for a token that is not known. The token is looked up by its
 * SHA-256, so the time taken tells nothing about any stored one.
 */
export async function findHook(
  doors: Omit<Ctx, 'tenantId' | 'actor' | 'permissions' | 'requestId'>,
  { token, requestId }: { token: string; requestId: string },
): Promise<Ctx | null> {
  const found = await doors.database.lookup.webhook(hashOfWebhookToken(token));
  if (!found) return null;
  const { database, dispatcher, keyring, launchStage } = doors;
  return {
    ...{ database, dispatcher, keyring, launchStage, requestId },
    tenantId: found.tenantId,
    actor: { kind: 'webhook', webhookId: found.id },
    permissions: RIGHTS,
  };
}

/** The webhook that acts. Throws for any other actor. */
export function webhookOf({ actor }: { actor: Actor }): string {
  if (actor.kind === 'webhook') return actor.webhookId;
  throw new Error(`A webhook was expected to act, and not a ${actor.kind}`);
}
