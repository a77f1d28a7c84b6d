import { z } from 'zod';
import type { Db } from '../../prisma/database.ts';
import type { Flow } from '../../workflows/definitions/index.ts';
import type { TenantId } from '../../workflows/ids.ts';
import { findVersion } from '../definitions/index.ts';
import { idField } from '../input-fields.ts';
import { query } from '../query.ts';
import { findRun } from './find-run.ts';

/** The definition that a run runs: its version, or the draft as it was when a test of it was started. Throws NOT_FOUND. */
export const getRunDefinition = query({
  permission: 'definitions.read',
  input: z.strictObject({ runId: idField }),
  run: async ({ db, tenantId }, { runId }): Promise<Flow> =>
    readRunDefinition(db, tenantId, await findRun(db, tenantId, runId)),
});

/** The same for a run that was read already. */
export async function readRunDefinition(
  db: Db,
  tenantId: TenantId,
  { id, workflowId, version }: { id: string; workflowId: string; version: number },
): Promise<Flow> {
  const draft = await db.run.findFirst({ where: { tenantId, id }, select: { testDraft: true } });
  if (draft?.testDraft) return draft.testDraft as unknown as Flow;
  return (await findVersion(db, tenantId, { workflowId, number: version })).definition as unknown as Flow;
}
