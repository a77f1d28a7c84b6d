import { createHash, randomBytes } from 'node:crypto';
import type { Db } from '../../prisma/database.ts';
import type { Keyring } from '../../temporal/keyring.ts';
import type { TenantId } from '../../workflows/ids.ts';
import { openRecord, sealRecord, type SealedOwner } from '../connections/index.ts';

/** Whose token or secret: a row of the table `webhook`. */
export interface WebhookOwner {
  tenantId: TenantId;
  keyring: Keyring;
  webhookId: string;
}

/** A new token as the row keeps it: its SHA-256 to find it by, and the token itself, sealed. */
export async function newTokenColumns(db: Db, owner: WebhookOwner) {
  const token = randomBytes(32).toString('base64url');
  return { tokenHash: hashOfWebhookToken(token), token: await sealRecord(db, tokenOwner(owner), token) };
}

/** SHA-256 of a token. It has 256 random bits, so no slow hash is needed. */
export function hashOfWebhookToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest());
}

/** The token of a row. Throws when the row was changed or its key is gone. */
export async function openToken(db: Db, owner: WebhookOwner, sealed: Uint8Array): Promise<string> {
  return (await openRecord(db, tokenOwner(owner), sealed)) as string;
}

/** Seals the secret with which calls are signed. */
export function sealSecret(db: Db, owner: WebhookOwner, secret: string) {
  return sealRecord(db, secretOwner(owner), secret);
}

/** The secret with which calls are signed; null when it is missing or does not open, and then no call may pass. */
export async function openSecret(
  db: Db,
  owner: WebhookOwner,
  sealed: Uint8Array | null,
): Promise<string | null> {
  if (sealed === null) return null;
  try {
    return (await openRecord(db, secretOwner(owner), sealed)) as string;
  } catch {
    return null;
  }
}

function tokenOwner(owner: WebhookOwner): SealedOwner {
  return recordOf(owner, 'webhook-token');
}

function secretOwner(owner: WebhookOwner): SealedOwner {
  return recordOf(owner, 'webhook-secret');
}

function recordOf({ tenantId, keyring, webhookId }: WebhookOwner, purpose: string): SealedOwner {
  return { tenantId, keyring, purpose, recordId: webhookId };
}
