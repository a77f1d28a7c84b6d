import 'server-only';
import { webConfig } from './config.ts';

/** A session as the API opened it. */
export interface OpenedSession {
  sessionId: string;
  personId: string;
  email: string;
  tenantIds: string[];
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
  mailLink: (link: { email: string; hash: string; url: string; network: string }) => call('link', link),
  /** Uses a link up and opens a session; null when it does not hold. */
  redeem: (link: { email: string; hash: string; userAgent: string | null }) => session('redeem', link),
  /** Opens a session for a person of the local demo; null anywhere else. */
  openDemo: (demo: { email: string; userAgent: string | null }) => session('demo', demo),
  /** The addresses of the local demo's people; none anywhere else. */
  demoPeople: async (): Promise<string[]> => ((await call('demo')) as { people: string[] }).people,
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
