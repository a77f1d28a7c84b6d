import type { Db } from '../../prisma/database.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { TenantId } from '../../workflows/ids.ts';

/** A published version of a workflow that is known to exist. Throws NOT_FOUND. */
export async function findVersion(
  db: Db,
  tenantId: TenantId,
  { workflowId, number }: { workflowId: string; number: number },
) {
  const row = await db.workflowVersion.findFirst({ where: { tenantId, workflowId, number } });
  if (row === null)
    throw new DomainError(
      'NOT_FOUND',
      'version_not_found',
      `This workflow has no published version ${number}.`,
    );
  return row;
}
