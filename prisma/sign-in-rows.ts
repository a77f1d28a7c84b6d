import type { PersonId, TenantId } from '../workflows/ids.ts';
import type { PrismaClient } from './generated/client.ts';
import { retryTransient } from './retry.ts';

/** A session to open. `seconds` is how long it lasts. */
export interface NewSession {
  id: string;
  userAgent: string | null;
  network: string | null;
  seconds: number;
}

/** A session that holds. */
export interface SessionRow {
  id: string;
  userAgent: string | null;
  /** Where it was opened from: an IPv4 address, or the first half of an IPv6 one. */
  network: string | null;
  createdAt: Date;
  /** To the minute. */
  seenAt: Date;
  expiresAt: Date;
}

/** Signing in on the web, which comes before a tenant is known. Each is a database function owned by `levqor_lookup`. */
export interface SignInRows {
  /** The organisations of a person, oldest membership first. */
  tenantsOf(personId: PersonId): Promise<TenantId[]>;
  /** Keeps a link for the person with this address; null when there is no such member anywhere. */
  keepLink(link: { email: string; hash: Uint8Array; seconds: number }): Promise<PersonId | null>;
  /** Uses a link up and opens a session; null when it is used, too old or another's. */
  useLink(link: { email: string; hash: Uint8Array; session: NewSession }): Promise<PersonId | null>;
  /** Opens a session without a link, for the local demo. */
  openDemoSession(demo: { email: string; session: NewSession }): Promise<PersonId | null>;
  /** Whether this person's session holds now; one that does is noted as seen. */
  sessionHolds(session: { id: string; personId: PersonId }): Promise<boolean>;
  /** The person's sessions that hold, the one used last first; none unless this session is one of them. */
  sessionsOf(session: { id: string; personId: PersonId }): Promise<SessionRow[]>;
  /** Ends this session, or all others of the person; gives how many were ended. */
  endSessions(which: { id: string; personId: PersonId; others: boolean }): Promise<number>;
}

interface Row {
  id: PersonId | null;
}

/** The functions on this client. */
export function signInRows(client: PrismaClient): SignInRows {
  return {
    tenantsOf: async (personId) => {
      const rows = await retryTransient(
        () => client.$queryRaw<{ tenant_id: TenantId }[]>`SELECT * FROM tenants_of_person(${personId}::uuid)`,
      );
      return rows.map((row) => row.tenant_id);
    },
    keepLink: async ({ email, hash, seconds }) => {
      const [row] = await client.$queryRaw<Row[]>`
        SELECT keep_sign_in_link(${email}, ${hash}, make_interval(secs => ${seconds})) AS id`;
      return row?.id ?? null;
    },
    useLink: async ({ email, hash, session: { id, userAgent, network, seconds } }) => {
      const [row] = await client.$queryRaw<Row[]>`
        SELECT use_sign_in_link(${email}, ${hash}, ${id}::uuid, ${userAgent}, ${network}, make_interval(secs => ${seconds})) AS id`;
      return row?.id ?? null;
    },
    openDemoSession: async ({ email, session: { id, userAgent, network, seconds } }) => {
      const [row] = await client.$queryRaw<Row[]>`
        SELECT open_demo_session(${email}, ${id}::uuid, ${userAgent}, ${network}, make_interval(secs => ${seconds})) AS id`;
      return row?.id ?? null;
    },
    sessionHolds: async ({ id, personId }) => {
      const [row] = await retryTransient(
        () => client.$queryRaw<{ holds: boolean }[]>`
          SELECT web_session_holds(${id}::uuid, ${personId}::uuid) AS holds`,
      );
      return row?.holds === true;
    },
    sessionsOf: ({ id, personId }) =>
      retryTransient(
        () => client.$queryRaw<SessionRow[]>`
          SELECT id, user_agent AS "userAgent", network, created_at AS "createdAt", seen_at AS "seenAt",
            expires_at AS "expiresAt"
          FROM list_web_sessions(${personId}::uuid, ${id}::uuid)`,
      ),
    endSessions: async ({ id, personId, others }) => {
      const [row] = await client.$queryRaw<{ n: number }[]>`
        SELECT end_web_sessions(${personId}::uuid, ${id}::uuid, ${others}) AS n`;
      return row?.n ?? 0;
    },
  };
}
