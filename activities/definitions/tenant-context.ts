import type { Db } from '../../prisma/database.ts';
import type { ConnectionKind } from '../../workflows/connections/model.ts';
import type { ValidationContext } from '../../workflows/definitions/index.ts';
import { globalId, type TenantId } from '../../workflows/ids.ts';

/** The names that a definition of this tenant may refer to: its connections and its workflows that are in use. */
export async function readTenantContext(db: Db, tenantId: TenantId): Promise<ValidationContext> {
  // One statement, since each reading of drafts needs both.
  const rows = await db.$queryRaw<{ name: string; kind: ConnectionKind | null; id: string | null }[]>`
    SELECT name, kind, NULL::uuid AS id FROM connection WHERE tenant_id = ${tenantId}::uuid
    UNION ALL
    SELECT name, NULL, id FROM workflow WHERE tenant_id = ${tenantId}::uuid AND archived_at IS NULL`;
  return {
    connections: rows.flatMap(({ name, kind }) => (kind === null ? [] : [{ name, kind }])),
    workflows: rows.flatMap(({ name, id }) => (id === null ? [] : [{ id: globalId('workflow', id), name }])),
  };
}
