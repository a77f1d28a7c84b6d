import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { masterKey, open, seal, type Keyring } from '../../temporal/keyring.ts';
import type { JsonObject } from '../../workflows/json.ts';

/** A tenant's data key as the table `tenant_key` holds it: sealed by the master key `keyId`. */
export interface WrappedDataKey {
  keyId: string;
  wrapped: Uint8Array<ArrayBuffer>;
}

/** Whose secrets: the tenant and the connection's row. */
export interface SecretOwner {
  tenantId: string;
  connectionId: string;
}

/** A new random data key of 32 bytes. It is kept only wrapped. */
export function newDataKey(): KeyObject {
  return createSecretKey(randomBytes(32));
}

/** Wraps a tenant's data key by the active master key. */
export function wrapDataKey(keyring: Keyring, dataKey: KeyObject, tenantId: string): WrappedDataKey {
  const keyId = keyring.active;
  const wrapped = seal(masterKey(keyring, keyId), dataKey.export(), dataKeyBinding(tenantId, keyId));
  return { keyId, wrapped };
}

/** The data key itself. Throws when the row is another tenant's, was changed, or its master key is gone. */
export function unwrapDataKey(keyring: Keyring, row: WrappedDataKey, tenantId: string): KeyObject {
  const bytes = open(masterKey(keyring, row.keyId), row.wrapped, dataKeyBinding(tenantId, row.keyId));
  return createSecretKey(bytes);
}

/**
 * The row to store after a rotation of the master key, or null when it is wrapped by the active one already.
 * Only the wrapping changes: what the data key sealed stays as it is.
 */
export function rewrapDataKey(
  keyring: Keyring,
  row: WrappedDataKey,
  tenantId: string,
): WrappedDataKey | null {
  if (row.keyId === keyring.active) return null;
  return wrapDataKey(keyring, unwrapDataKey(keyring, row, tenantId), tenantId);
}

/** Seals a connection's secrets for its `secret` column. */
export function sealSecrets(
  dataKey: KeyObject,
  secrets: JsonObject,
  owner: SecretOwner,
): Uint8Array<ArrayBuffer> {
  return seal(dataKey, Buffer.from(JSON.stringify(secrets)), secretBinding(owner));
}

/** Opens a connection's `secret` column. Throws when it was changed or moved from another row or tenant. */
export function openSecrets(dataKey: KeyObject, sealed: Uint8Array, owner: SecretOwner): JsonObject {
  return JSON.parse(open(dataKey, sealed, secretBinding(owner)).toString('utf8')) as JsonObject;
}

function dataKeyBinding(tenantId: string, keyId: string) {
  return { tenantId, purpose: 'data-key', recordId: keyId };
}

function secretBinding({ tenantId, connectionId }: SecretOwner) {
  return { tenantId, purpose: 'connection-secret', recordId: connectionId };
}
