import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Db, Prisma } from '../../prisma/database.ts';
import {
  definitionHashText,
  diffDefinitions,
  validateDefinition,
  type DefinitionChange,
  type Flow,
} from '../../workflows/definitions/index.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { TenantId } from '../../workflows/ids.ts';
import type { Json } from '../../workflows/json.ts';
import { personOf } from '../context.ts';
import { idField, textField } from '../input-fields.ts';
import type { RunTools } from '../verb.ts';
import { readPeople } from '../tenancy/index.ts';
import { draftChanged } from './draft-changed.ts';
import { findVersion } from './find-version.ts';
import { lockWorkflow } from './find-workflow.ts';
import { hashField } from './save-draft.ts';
import { readTenantContext } from './tenant-context.ts';
import { toVersion, type Version } from './version-view.ts';

/** Which draft to publish, and what to tell others about it. */
export const publishInput = z.strictObject({
  workflowId: idField,
  note: textField(2000).nullish(),
  basedOnHash: hashField.nullish(),
});

/**
 * Makes the draft the next numbered version, which never changes again. With `basedOnHash`, only that draft. A part of
 * the verb `publishWorkflow`, which also makes follow what a version asks for.
 * Throws NOT_FOUND, INVALID `definition_invalid` (`details.issues`), CONFLICT `draft_changed`, and
 * PRECONDITION_FAILED when the workflow is archived or nothing is different from the newest version.
 */
export async function publishVersion(
  { db, tenantId, actor, target }: RunTools,
  { workflowId, note, basedOnHash }: z.output<typeof publishInput>,
): Promise<Version> {
  const row = await lockWorkflow(db, tenantId, workflowId);
  if (basedOnHash && basedOnHash !== row.draftHash)
    throw await draftChanged(db, tenantId, { row, basedOnHash, definition: null });
  const definition = await checkDraft(db, tenantId, row.draft);
  const hash = createHash('sha256').update(definitionHashText(definition)).digest('hex');
  const changes = await changesSince(db, tenantId, {
    workflowId,
    number: row.latestVersion,
    hash,
    definition,
  });
  const version = await db.workflowVersion.create({
    data: {
      tenantId,
      workflowId,
      number: (row.latestVersion ?? 0) + 1,
      hash,
      definition: definition as unknown as Prisma.InputJsonObject,
      note: note ?? null,
      changes: changes as unknown as Prisma.InputJsonArray,
      publishedBy: personOf(actor),
    },
  });
  await db.workflow.updateMany({
    where: { tenantId, id: workflowId },
    data: { latestVersion: version.number, updatedAt: version.publishedAt },
  });
  target(workflowId, { version: version.number, hash });
  return toVersion(version, await readPeople(db, tenantId, [version.publishedBy]));
}

// The share lock keeps every connection that the check found until this version stands: a deletion waits, then
// sees the version that uses it.
async function checkDraft(db: Db, tenantId: TenantId, draft: unknown): Promise<Flow> {
  await db.$queryRaw`SELECT id FROM connection WHERE tenant_id = ${tenantId}::uuid ORDER BY id FOR SHARE`;
  const issues = validateDefinition(draft, await readTenantContext(db, tenantId));
  const first = issues[0];
  if (first === undefined) return draft as Flow;
  throw new DomainError(
    'INVALID',
    'definition_invalid',
    `This draft cannot be published yet: ${first.message}`,
    { field: 'definition', issues: issues as unknown as Json },
  );
}

async function changesSince(
  db: Db,
  tenantId: TenantId,
  draft: { workflowId: string; number: number | null; hash: string; definition: Flow },
): Promise<DefinitionChange[]> {
  if (draft.number === null) return [];
  const latest = await findVersion(db, tenantId, { workflowId: draft.workflowId, number: draft.number });
  if (latest.hash === draft.hash)
    throw new DomainError(
      'PRECONDITION_FAILED',
      'nothing_changed',
      `The draft means the same as version ${draft.number}, so there is nothing to publish.`,
      { version: draft.number },
    );
  return diffDefinitions(latest.definition as unknown as Flow, draft.definition);
}
