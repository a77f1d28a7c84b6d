import { createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Db } from '../../prisma/database.ts';
import { openRecord, sealRecord } from '../connections/index.ts';
import type { RunTools } from '../verb.ts';

/** A signing secret, and until when it signs besides a newer one (ISO 8601); null for the newest. */
export interface EndpointSecret {
  secret: string;
  until: string | null;
}

const PREFIX = 'whsec_';
/** Standard Webhooks 1.0.0 asks for 24 to 64 bytes. */
const SECRET_BYTES = 32;
const stored = z.array(z.strictObject({ secret: z.string(), until: z.string().nullable() }));

/** A new random secret in the form of Standard Webhooks: `whsec_` and base64. */
export function newEndpointSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64');
}

/** The bytes to store for these secrets. */
export function sealEndpointSecrets(
  { db, tenantId, keyring }: RunTools,
  endpointId: string,
  secrets: EndpointSecret[],
): Promise<Uint8Array<ArrayBuffer>> {
  const list = secrets.map(({ secret, until }) => ({ secret, until }));
  return sealRecord(db, { tenantId, keyring, purpose: 'endpoint-secrets', recordId: endpointId }, list);
}

/** The secrets that sign at this moment, newest first. Throws when the row was changed or its key is gone. */
export async function openEndpointSecrets(
  db: Db,
  { tenantId, keyring }: Pick<RunTools, 'tenantId' | 'keyring'>,
  endpoint: { id: string; secrets: Uint8Array },
): Promise<EndpointSecret[]> {
  const owner = { tenantId, keyring, purpose: 'endpoint-secrets', recordId: endpoint.id };
  const secrets = stored.parse(await openRecord(db, owner, endpoint.secrets));
  const now = Date.now();
  return secrets.filter(({ until }) => until === null || Date.parse(until) > now);
}

/** What is signed: the message's id, the second at which it is sent (since 1970), and its exact body. */
export interface SignedMessage {
  id: string;
  timestamp: number;
  body: string;
}

/** The headers by which the receiver knows who sent this (Standard Webhooks 1.0.0, symmetric signatures). */
export function signatureHeaders(
  { id, timestamp, body }: SignedMessage,
  secrets: EndpointSecret[],
): Record<string, string> {
  const signatures = secrets.map(({ secret }) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  };
}
