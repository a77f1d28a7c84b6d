import type { Db } from '../../prisma/database.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { TenantId } from '../../workflows/ids.ts';
import { readPeople } from '../tenancy/index.ts';
import { ENDPOINT_COLUMNS, toEndpointView, type EndpointView } from './endpoint-view.ts';

/** An endpoint as it is shown. Throws NOT_FOUND for one that is another tenant's, was deleted or never was. */
export async function findEndpoint(db: Db, tenantId: TenantId, id: string): Promise<EndpointView> {
  const row = await db.endpoint.findFirst({
    where: { tenantId, id, deletedAt: null },
    select: ENDPOINT_COLUMNS,
  });
  if (!row) throw new DomainError('NOT_FOUND', 'endpoint_not_found', 'There is no such endpoint.');
  return toEndpointView(row, await readPeople(db, tenantId, [row.createdBy]));
}

/** The row of an endpoint, locked until the transaction ends. Throws NOT_FOUND. */
export async function lockEndpoint(db: Db, tenantId: TenantId, id: string): Promise<{ secrets: Uint8Array }> {
  const [row] = await db.$queryRaw<{ secrets: Uint8Array }[]>`
    SELECT secrets FROM endpoint
    WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid AND deleted_at IS NULL FOR UPDATE`;
  if (!row) throw new DomainError('NOT_FOUND', 'endpoint_not_found', 'There is no such endpoint.');
  return row;
}
