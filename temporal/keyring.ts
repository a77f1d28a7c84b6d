import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';

/** The platform's master keys by id. `active` seals; the others still open what they sealed before a rotation. */
export interface Keyring {
  readonly active: string;
  readonly keys: ReadonlyMap<string, KeyObject>;
}

/** What a sealed value belongs to. Opening under another binding fails, so a stolen row cannot be moved. */
export interface Binding {
  tenantId: string;
  /** What the value is for, such as `connection`. */
  purpose: string;
  recordId: string;
}

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + IV_BYTES + TAG_BYTES;
const VERSION = 1;
const ALGORITHM = 'aes-256-gcm';

/**
 * Reads `id:base64(32 bytes)[,id:base64…]`; the first is active. Throws an Error that names the entry by its place
 * or id and never repeats key text.
 */
export function parseKeyring(text: string): Keyring {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const keys = new Map<string, KeyObject>();
  for (const [index, entry] of entries.entries()) {
    const { id, key } = parseEntry(entry, index + 1);
    if (keys.has(id)) throw new Error(`LEVQOR_ENCRYPTION_KEYS: the key id ${id} is there twice.`);
    keys.set(id, key);
  }
  const active = keys.keys().next().value;
  if (active === undefined)
    throw new Error(
      'LEVQOR_ENCRYPTION_KEYS: give at least one key, written as id:base64 of 32 random bytes.',
    );
  return { active, keys };
}

/** The master key with this id. Throws when the keyring no longer holds it. */
export function masterKey(keyring: Keyring, keyId: string): KeyObject {
  const key = keyring.keys.get(keyId);
  if (key) return key;
  throw new Error(
    `The encryption key ${keyId} is not in LEVQOR_ENCRYPTION_KEYS. Add it again, after the active key.`,
  );
}

/**
 * A key for one purpose and tenant, made from a master key by HKDF-SHA-256 (RFC 5869), the active one unless `keyId`
 * names another. The same arguments give the same key.
 */
export function deriveKey(
  keyring: Keyring,
  { purpose, tenantId, keyId = keyring.active }: { purpose: string; tenantId: string; keyId?: string },
): KeyObject {
  const info = JSON.stringify(['levqor', purpose, tenantId]);
  return createSecretKey(
    Buffer.from(hkdfSync('sha256', masterKey(keyring, keyId), Buffer.alloc(0), info, KEY_BYTES)),
  );
}

/**
 * Seals bytes with AES-256-GCM (NIST SP 800-38D), a fresh random IV and the binding as additional data.
 * Layout: version (1 byte), IV (12), tag (16), ciphertext.
 */
export function seal(key: KeyObject, plaintext: Uint8Array, binding: Binding): Buffer<ArrayBuffer> {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(additionalData(binding));
  const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), body]);
}

/** Opens what {@link seal} made. Throws when the key or the binding differ, or a single bit was changed. */
export function open(key: KeyObject, sealed: Uint8Array, binding: Binding): Buffer<ArrayBuffer> {
  const bytes = Buffer.from(sealed);
  if (bytes.length < HEADER_BYTES || bytes[0] !== VERSION)
    throw new Error('This is not a sealed value of a known version.');
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(1, 1 + IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(additionalData(binding));
  decipher.setAuthTag(bytes.subarray(1 + IV_BYTES, HEADER_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(HEADER_BYTES)), decipher.final()]);
  } catch {
    throw new Error(
      'The sealed value does not open: it was changed, or it belongs to another key or record.',
    );
  }
}

function parseEntry(entry: string, place: number): { id: string; key: KeyObject } {
  const colon = entry.indexOf(':');
  const id = entry.slice(0, Math.max(colon, 0));
  if (!/^[A-Za-z0-9_-]{1,32}$/.test(id))
    throw new Error(
      `LEVQOR_ENCRYPTION_KEYS: entry ${place} must be id:base64; the id has 1 to 32 letters, digits, dashes.`,
    );
  const base64 = entry.slice(colon + 1);
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length !== KEY_BYTES || bytes.toString('base64') !== base64)
    throw new Error(`LEVQOR_ENCRYPTION_KEYS: the key ${id} must be the base64 text of exactly 32 bytes.`);
  return { id, key: createSecretKey(bytes) };
}

// JSON of a list: no two different bindings give the same bytes.
function additionalData({ tenantId, purpose, recordId }: Binding): Buffer {
  return Buffer.from(JSON.stringify([tenantId, purpose, recordId]));
}
