import { decode } from 'next-auth/jwt';
import { webConfig } from './config.ts';

/** Who is signed in with a browser. The API decides whether it still holds. */
export interface WebSession {
  personId: string;
  sessionId: string;
  /** The organisation that is open. */
  tenantId: string;
}

/** The organisation that somebody chose, when they are in several. */
export const ORGANISATION_COOKIE = 'levqor.organisation';
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The cookie that holds the session, sealed. With https its name lets no other host set it. */
export function sessionCookieName(): string {
  return webConfig().isSecure ? '__Host-levqor.session' : 'levqor.session';
}

/** The session that cookies hold; null without one, or with one that is not ours or too old. Never throws. */
export async function readSession(cookie: (name: string) => string | undefined): Promise<WebSession | null> {
  const sealed = cookie(sessionCookieName());
  if (sealed === undefined) return null;
  const claims = await decode({ token: sealed, secret: webConfig().cookieSecret }).catch(() => null);
  const { sub: personId, sessionId, tenantId } = claims ?? {};
  if (!isId(personId) || !isId(sessionId) || !isId(tenantId)) return null;
  const chosen = cookie(ORGANISATION_COOKIE);
  return { personId, sessionId, tenantId: isId(chosen) ? chosen : tenantId };
}

/** Whether something is an id of the database. */
export function isId(text: unknown): text is string {
  return typeof text === 'string' && ID.test(text);
}
