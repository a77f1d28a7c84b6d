import type { Db, Prisma } from '../../prisma/database.ts';
import type { Keyring } from '../../temporal/keyring.ts';
import {
  parseConnection,
  type ConnectionContent,
  type ConnectionKind,
  type ResolvedConnection,
} from '../../workflows/connections/model.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { TenantId } from '../../workflows/ids.ts';
import type { JsonObject } from '../../workflows/json.ts';
import { jsonObjectField } from '../input-fields.ts';
import { openSecrets, sealSecrets } from './envelope.ts';
import { ensureDataKey, readDataKey } from './tenant-data-key.ts';

/** Settings and secrets as verbs take them; what they must hold depends on the kind. */
export const contentField = jsonObjectField({ bytes: 65_536, depth: 8 });

/** The columns that hold a connection's content, as they are written. */
export interface ContentColumns {
  settings: Prisma.InputJsonObject;
  /** Which secrets are set, by name: `bearer`, `headers.X-Api-Key`. */
  secretFields: string[];
  secret: Uint8Array<ArrayBuffer> | null;
}

/** Checks settings and secrets against their kind. Throws INVALID with each field that is wrong. */
export function checkContent(raw: {
  kind: ConnectionKind;
  settings: unknown;
  secrets: unknown;
}): ConnectionContent {
  const checked = parseConnection(raw);
  if ('connection' in checked) return checked.connection;
  const { field, message } = checked.issues[0] ?? { field: 'settings', message: 'This is not valid.' };
  throw new DomainError('INVALID', 'input_invalid', `${field}: ${message}`, {
    field,
    issues: checked.issues.map((issue) => ({ ...issue })),
  });
}

/** The columns for this content, secrets sealed with the tenant's data key. */
export async function toColumns(
  db: Db,
  owner: { tenantId: TenantId; connectionId: string; keyring: Keyring },
  { settings, secrets }: ConnectionContent,
): Promise<ContentColumns> {
  const columns = {
    settings: { ...settings } as Prisma.InputJsonObject,
    secretFields: fieldsOf(secrets),
  };
  if (secrets === null) return { ...columns, secret: null };
  const dataKey = await ensureDataKey(db, owner.tenantId, owner.keyring);
  return { ...columns, secret: sealSecrets(dataKey, { ...secrets } as JsonObject, owner) };
}

/** The connection of a row, secrets opened. Throws when the row was changed or its key is gone. */
export async function fromRow(
  db: Db,
  owner: { tenantId: TenantId; keyring: Keyring },
  row: { id: string; name: string; kind: string; settings: unknown; secret: Uint8Array | null },
): Promise<ResolvedConnection> {
  const content = { name: row.name, kind: row.kind, settings: row.settings };
  if (row.secret === null) return { ...content, secrets: null } as unknown as ResolvedConnection;
  const dataKey = await readDataKey(db, owner.tenantId, owner.keyring);
  if (dataKey === null) throw new Error(`The data key of tenant ${owner.tenantId} is missing.`);
  const secrets = openSecrets(dataKey, row.secret, { tenantId: owner.tenantId, connectionId: row.id });
  return { ...content, secrets } as unknown as ResolvedConnection;
}

function fieldsOf(secrets: ConnectionContent['secrets']): string[] {
  return Object.entries(secrets ?? {}).flatMap(([name, value]) =>
    typeof value === 'object' ? Object.keys(value).map((header) => `${name}.${header}`) : [name],
  );
}
