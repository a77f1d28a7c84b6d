import 'server-only';
import { webConfig } from './config.ts';

/** A session as the API opened it. */
export interface OpenedSession {
  sessionId: string;
  personId: string;
  email: string;
  tenantIds: string[];
}

/** A browser in which a person is signed in. Times are ISO 8601. */
export interface ListedSession {
  id: string;
  /** The browser's own name for itself. */
  userAgent: string | null;
  /** Where it was opened from: an IPv4 address, or the first half of an IPv6 one. */
  network: string | null;
  createdAt: string;
  /** When it was last used, to the minute. */
  seenAt: string;
  expiresAt: string;
}

/** What is kept of a browser that signs in. */
interface Browser {
  userAgent: string | null;
  network: string | null;
}

/** Why the door did not do what was asked: `rate_limited`, `mail_not_set`, `api_away` or another word of the API's. */
export class DoorRefused extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(`The sign-in door refused: ${reason}`);
    this.reason = reason;
  }
}

/** The API's own door for signing people in. Each throws DoorRefused. */
export const signInDoor = {
  /** Has a link mailed, if the address is a member's. `hash` is what the API keeps of its token. */
  mailLink: (link: {
    email: string;
    hash: string;
    letter: { subject: string; text: string };
    network: string;
  }) => call('link', link),
  /** Uses a link up and opens a session; null when it does not hold. */
  redeem: (link: Browser & { email: string; hash: string }) => session('redeem', link),
  /** Opens a session for a person of the local demo; null anywhere else. */
  openDemo: (demo: Browser & { email: string }) => session('demo', demo),
  /** The addresses of the local demo's people; none anywhere else. */
  demoPeople: async (): Promise<string[]> => ((await call('demo')) as { people: string[] }).people,
  /** Where the person is signed in, the browser used last first; none once the session that asks has ended. */
  sessions: async (which: { sessionId: string; personId: string }): Promise<ListedSession[]> =>
    ((await call('sessions', which)) as { sessions: ListedSession[] }).sessions,
  /** Ends a session, everywhere at once. */
  end: (which: { sessionId: string; personId: string }) => call('end', which),
  /** Ends all other sessions of the person; gives how many there were. */
  endOthers: async (which: { sessionId: string; personId: string }): Promise<number> =>
    ((await call('end', { ...which, others: true })) as { ended: number }).ended,
};

async function session(path: string, body: object): Promise<OpenedSession | null> {
  return ((await call(path, body)) as { session: OpenedSession | null }).session;
}

async function call(path: string, body?: object): Promise<unknown> {
  const { apiUrl, doorSecret } = webConfig();
  const response = await fetch(`${apiUrl}/internal/sign-in/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      authorization: `Bearer ${doorSecret}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
    cache: 'no-store',
    signal: AbortSignal.timeout(10_000),
  }).catch(() => null);
  if (response === null) throw new DoorRefused('api_away');
  const answer = (await response.json()) as { reason?: string };
  if (!response.ok) throw new DoorRefused(answer.reason ?? 'internal');
  return answer;
}
