import { createHash } from 'node:crypto';
import type { Db } from '../../prisma/database.ts';
import {
  refersToTenant,
  validateDefinition,
  type ValidationContext,
} from '../../workflows/definitions/index.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { TenantId } from '../../workflows/ids.ts';
import { readTenantContext } from '../definitions/index.ts';

/** A definition and the SHA-256 of its content. */
export interface HashedDefinition {
  definition: unknown;
  hash: string;
}

/** How many findings "nothing is wrong" are remembered. */
const REMEMBERED = 1_000;
/**
 * Definitions that were found good, by tenant, content and what the tenant had at that moment: a large definition takes
 * most of a second to check, and most starts are of one that was checked before. Only the verdict is kept.
 */
const found = new Set<string>();

/**
 * Checks a published definition again: connections and called workflows may have gone since it was published.
 * Throws INVALID `definition_invalid` with `details.issues`.
 */
export async function checkDefinition(db: Db, tenantId: TenantId, hashed: HashedDefinition): Promise<void> {
  const { definition, hash } = hashed;
  // What names nothing of the organisation stays good whatever that has.
  const alone = `${tenantId} ${hash}`;
  if (found.has(alone)) return;
  const context = await readTenantContext(db, tenantId);
  const key = `${alone} ${digestOf(context)}`;
  if (found.has(key)) return;
  const issues = validateDefinition(definition, context);
  const [first] = issues;
  if (first)
    throw new DomainError(
      'INVALID',
      'definition_invalid',
      `This version cannot be started as things stand: ${first.message}`,
      { field: 'version', issues: issues.map((issue) => ({ ...issue })) },
    );
  remember(refersToTenant(definition) ? key : alone);
}

function digestOf(context: ValidationContext): string {
  const names = Object.values(context)
    .flat()
    .map((one) => JSON.stringify(one))
    .sort()
    .join();
  return createHash('sha256').update(names).digest('hex');
}

function remember(key: string): void {
  found.add(key);
  if (found.size <= REMEMBERED) return;
  const [oldest] = found;
  if (oldest !== undefined) found.delete(oldest);
}
