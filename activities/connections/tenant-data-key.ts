import type { KeyObject } from 'node:crypto';
import type { Db } from '../../prisma/database.ts';
import type { Keyring } from '../../temporal/keyring.ts';
import type { TenantId } from '../../workflows/ids.ts';
import { newDataKey, unwrapDataKey, wrapDataKey } from './envelope.ts';

/** The tenant's data key, or null before its first secret. Throws when its master key is not in the keyring. */
export async function readDataKey(db: Db, tenantId: TenantId, keyring: Keyring): Promise<KeyObject | null> {
  const row = await db.tenantKey.findFirst({ where: { tenantId } });
  return row && unwrapDataKey(keyring, row, tenantId);
}

/** The same, made when there is none. Of two that make one at the same moment, both get the one that was stored. */
export async function ensureDataKey(db: Db, tenantId: TenantId, keyring: Keyring): Promise<KeyObject> {
  const existing = await readDataKey(db, tenantId, keyring);
  if (existing !== null) return existing;
  const wrapped = wrapDataKey(keyring, newDataKey(), tenantId);
  await db.tenantKey.createMany({ data: [{ tenantId, ...wrapped }], skipDuplicates: true });
  const row = await db.tenantKey.findFirstOrThrow({ where: { tenantId } });
  return unwrapDataKey(keyring, row, tenantId);
}
