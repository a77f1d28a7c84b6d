import type { Db } from '../../prisma/database.ts';
import { open, seal, type Keyring } from '../../temporal/keyring.ts';
import type { TenantId } from '../../workflows/ids.ts';
import type { Json } from '../../workflows/json.ts';
import { ensureDataKey, readDataKey } from './tenant-data-key.ts';

/** Whose record a sealed value is, and what for: it opens nowhere else. */
export interface SealedOwner {
  tenantId: TenantId;
  keyring: Keyring;
  /** What the value is, such as `webhook-token`. */
  purpose: string;
  /** The id of the row, or the key of an idempotent request. */
  recordId: string;
}

/** Seals a value with the tenant's data key for a column of one row. */
export async function sealRecord(db: Db, owner: SealedOwner, value: Json): Promise<Uint8Array<ArrayBuffer>> {
  const dataKey = await ensureDataKey(db, owner.tenantId, owner.keyring);
  return seal(dataKey, Buffer.from(JSON.stringify(value)), bindingOf(owner));
}

/** Opens what `sealRecord` sealed. Throws when it was changed, moved from another row, or its key is gone. */
export async function openRecord(db: Db, owner: SealedOwner, sealed: Uint8Array): Promise<Json> {
  const dataKey = await readDataKey(db, owner.tenantId, owner.keyring);
  if (dataKey === null) throw new Error(`The data key of tenant ${owner.tenantId} is missing.`);
  return JSON.parse(open(dataKey, sealed, bindingOf(owner)).toString('utf8')) as Json;
}

function bindingOf({ tenantId, purpose, recordId }: SealedOwner) {
  return { tenantId, purpose, recordId };
}
