import type { Db } from '../../prisma/database.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { TenantId } from '../../workflows/ids.ts';
import type { Json, JsonObject } from '../../workflows/json.ts';
import { personIn, readPeople } from '../tenancy/index.ts';
import type { WorkflowWithDraftRow } from './workflow-view.ts';

/**
 * CONFLICT for work that is based on an older draft. `details` holds both: `yours` (the hash it was based on, and
 * the definition when one was sent) and `current` (definition, hash, savedAt, savedBy), so that both can be shown.
 */
export async function draftChanged(
  db: Db,
  tenantId: TenantId,
  conflict: { row: WorkflowWithDraftRow; basedOnHash: string; definition: JsonObject | null },
): Promise<DomainError> {
  const { row, basedOnHash, definition } = conflict;
  const savedBy = personIn(await readPeople(db, tenantId, [row.draftSavedBy]), row.draftSavedBy);
  return new DomainError(
    'CONFLICT',
    'draft_changed',
    `${savedBy?.name ?? 'Somebody'} has saved this draft since you opened it. Compare the two and save again.`,
    {
      field: 'basedOnHash',
      yours: { basedOnHash, definition },
      current: {
        hash: row.draftHash,
        definition: row.draft as Json,
        savedAt: row.draftSavedAt.toISOString(),
        savedBy: savedBy && { ...savedBy },
      },
    },
  );
}
