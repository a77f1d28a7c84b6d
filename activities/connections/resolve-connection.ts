import type { Db } from '../../prisma/database.ts';
import type { Keyring } from '../../temporal/keyring.ts';
import type { ResolvedConnection } from '../../workflows/connections/model.ts';
import type { TenantId } from '../../workflows/ids.ts';
import { findDefaultMailConnection } from './default-mail-connection.ts';
import { fromRow } from './stored-connection.ts';

/** Which connection a step means: the one with this name, or the organisation's default for e-mail. */
export type WantedConnection = { name: string } | { defaultSmtp: true };

/**
 * The connection with its secrets in plain text, or null when the tenant has none such. For effects inside an
 * activity only: the result must reach no history, log or error.
 */
export async function resolveConnection(
  db: Db,
  tenantId: TenantId,
  wanted: WantedConnection & { keyring: Keyring },
): Promise<ResolvedConnection | null> {
  const row =
    'name' in wanted
      ? await db.connection.findFirst({ where: { tenantId, name: wanted.name } })
      : await findDefaultMailConnection(db, tenantId);
  return row && fromRow(db, { tenantId, keyring: wanted.keyring }, row);
}
