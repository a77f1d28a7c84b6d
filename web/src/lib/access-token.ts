import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { webConfig } from './config.ts';
import type { WebSession } from './session.ts';

/** Seconds that a token lasts, and how long before its end a new one is made. */
const LIFE = 300;
const RENEW_BEFORE = 60;
const MAX_KEPT = 1_000;

const kept = new Map<string, { token: string; endsAt: number }>();

/**
 * A token by which the API knows this session's person in the open organisation: signed with the web's private key,
 * good for five minutes. One is used again until shortly before its end. It never leaves the servers.
 */
export async function accessToken({ personId, sessionId, tenantId }: WebSession): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  const name = `${sessionId} ${tenantId}`;
  const found = kept.get(name);
  if (found && found.endsAt - RENEW_BEFORE > now) return found.token;
  const token = await new SignJWT({ sid: sessionId, tenant: tenantId })
    .setProtectedHeader({ alg: 'EdDSA' })
    .setSubject(personId)
    .setIssuer('levqor-web')
    .setAudience('levqor-api')
    .setJti(randomUUID())
    .setIssuedAt(now)
    .setExpirationTime(now + LIFE)
    .sign(webConfig().signingKey);
  kept.delete(name);
  kept.set(name, { token, endsAt: now + LIFE });
  if (kept.size > MAX_KEPT) kept.delete(kept.keys().next().value ?? '');
  return token;
}
