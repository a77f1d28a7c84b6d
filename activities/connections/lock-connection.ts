import type { Db } from '../../prisma/database.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { TenantId } from '../../workflows/ids.ts';
import { VIEW_COLUMNS } from './connection-view.ts';

/** The tenant's connection with this id, locked until the transaction ends. Throws NOT_FOUND. */
export async function lockConnection(db: Db, tenantId: TenantId, id: string) {
  await db.$queryRaw`SELECT id FROM connection WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  const row = await db.connection.findFirst({ where: { tenantId, id }, select: VIEW_COLUMNS });
  if (row === null)
    throw new DomainError('NOT_FOUND', 'connection_not_found', 'There is no such connection here.');
  return row;
}
