import type { Db } from '../../prisma/database.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { TenantId } from '../../workflows/ids.ts';

/** The tenant's workflow with this id, archived or not. Throws NOT_FOUND. */
export async function findWorkflow(db: Db, tenantId: TenantId, id: string) {
  const row = await db.workflow.findFirst({ where: { tenantId, id } });
  if (row === null)
    throw new DomainError('NOT_FOUND', 'workflow_not_found', 'There is no such workflow here.');
  return row;
}

/**
 * The same, locked until the transaction ends, so that saves and publications of one workflow follow each other.
 * Throws NOT_FOUND, or PRECONDITION_FAILED when it is archived.
 */
export async function lockWorkflow(db: Db, tenantId: TenantId, id: string) {
  await db.$queryRaw`SELECT id FROM workflow WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  const row = await findWorkflow(db, tenantId, id);
  if (row.archivedAt !== null)
    throw new DomainError(
      'PRECONDITION_FAILED',
      'workflow_archived',
      'This workflow is archived and can no longer be changed.',
    );
  return row;
}
