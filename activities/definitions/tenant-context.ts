import type { Db } from '../../prisma/database.ts';
import type { ConnectionKind } from '../../workflows/connections/model.ts';
import type { ValidationContext } from '../../workflows/definitions/index.ts';
import { globalId, type TenantId } from '../../workflows/ids.ts';

/** The names that a definition of this tenant may refer to: its connections and its workflows that are in use. */
export async function readTenantContext(db: Db, tenantId: TenantId): Promise<ValidationContext> {
  const connections = await db.connection.findMany({
    where: { tenantId },
    select: { name: true, kind: true },
  });
  const workflows = await db.workflow.findMany({
    where: { tenantId, archivedAt: null },
    select: { id: true, name: true },
  });
  return {
    connections: connections.map(({ name, kind }) => ({ name, kind: kind as ConnectionKind })),
    workflows: workflows.map(({ id, name }) => ({ id: globalId('workflow', id), name })),
  };
}
