import { randomUUID } from 'node:crypto';
import type { Database } from '../../prisma/database.ts';
import type { PersonId, TenantId } from '../../workflows/ids.ts';
import { emailField } from '../tenancy/index.ts';
import { keptNetwork, keptUserAgent, SESSION_SECONDS } from './session-terms.ts';

/** A session just opened: whose, where they are a member (oldest membership first), and until when (ISO 8601). */
export interface OpenedSession {
  sessionId: string;
  personId: PersonId;
  email: string;
  tenantIds: TenantId[];
  expiresAt: string;
}

/** Who signs in, and with what. */
interface Browser {
  email: string;
  userAgent: string | null;
  network: string | null;
}

/**
 * Uses a mailed link up and opens a session with it. Null when the link is unknown, used, too old or of another
 * address; which of them is told to nobody.
 */
export async function redeemLink(
  database: Database,
  link: Browser & { hash: Uint8Array },
): Promise<OpenedSession | null> {
  return open(database, link, (email, session) =>
    database.signIn.useLink({ email, hash: link.hash, session }),
  );
}

/** Opens a session for a person of the local demo. Null for anybody else. */
export async function openDemoSession(
  database: Database,
  demo: Browser & { people: readonly string[] },
): Promise<OpenedSession | null> {
  return open(database, demo, (email, session) =>
    demo.people.includes(email) ? database.signIn.openDemoSession({ email, session }) : Promise.resolve(null),
  );
}

type Opener = (
  email: string,
  session: { id: string; userAgent: string | null; network: string | null; seconds: number },
) => Promise<PersonId | null>;

async function open(
  database: Database,
  { email: given, userAgent, network }: Browser,
  opener: Opener,
): Promise<OpenedSession | null> {
  const email = emailField.safeParse(given);
  if (!email.success) return null;
  const sessionId = randomUUID();
  const expiresAt = new Date(Date.now() + SESSION_SECONDS * 1_000).toISOString();
  const browser = { userAgent: keptUserAgent(userAgent), network: keptNetwork(network) };
  const session = { id: sessionId, ...browser, seconds: SESSION_SECONDS };
  const personId = await opener(email.data, session);
  if (personId === null) return null;
  const tenantIds = await database.signIn.tenantsOf(personId);
  return { sessionId, personId, email: email.data, tenantIds, expiresAt };
}
