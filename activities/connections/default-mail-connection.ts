import type { Db } from '../../prisma/database.ts';
import type { TenantId } from '../../workflows/ids.ts';

const DEFAULT_NAME = 'email';

/**
 * The connection of `email` steps that name none, by the rule of the definition check: the SMTP connection named
 * `email`, else the only one. Null when there is neither.
 */
export async function findDefaultMailConnection(db: Db, tenantId: TenantId) {
  const named = await db.connection.findFirst({ where: { tenantId, kind: 'SMTP', name: DEFAULT_NAME } });
  if (named !== null) return named;
  const [only, second] = await db.connection.findMany({ where: { tenantId, kind: 'SMTP' }, take: 2 });
  return only !== undefined && second === undefined ? only : null;
}
