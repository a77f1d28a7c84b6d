import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Db } from '../../prisma/database.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { TenantId } from '../../workflows/ids.ts';
import type { JsonObject } from '../../workflows/json.ts';
import { personOf } from '../context.ts';
import { textField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { definitionField, draftHash } from './definition-field.ts';
import { readWorkflowView, type WorkflowView } from './workflow-view.ts';

/**
 * Makes a workflow with a first draft, valid or not; without a definition, the smallest valid one.
 * Throws CONFLICT when a workflow in use has the same name, upper and lower case aside.
 */
export const createWorkflow = verb({
  action: 'workflow.create',
  permission: 'definitions.write',
  input: z.strictObject({ name: textField(200), definition: definitionField.nullish() }),
  run: async ({ db, tenantId, actor, target }, { name, definition }): Promise<WorkflowView> => {
    await checkName(db, tenantId, name);
    const draft = definition ?? smallestFlow(name);
    const row = await db.workflow.create({
      data: {
        tenantId,
        id: randomUUID(),
        name,
        draft,
        draftHash: draftHash(draft),
        draftSavedBy: personOf(actor),
        createdBy: personOf(actor),
      },
    });
    target(row.id, { name, draftHash: row.draftHash });
    return readWorkflowView(db, tenantId, row);
  },
});

// The lock makes two creations with one name follow each other: names are unique among workflows in use only.
async function checkName(db: Db, tenantId: TenantId, name: string): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`workflow-name/${tenantId}`} || lower(${name}), 0))`;
  const taken = await db.$queryRaw<unknown[]>`
    SELECT FROM workflow
    WHERE tenant_id = ${tenantId}::uuid AND archived_at IS NULL AND lower(name) = lower(${name}) LIMIT 1`;
  if (taken.length > 0)
    throw new DomainError(
      'CONFLICT',
      'workflow_name_taken',
      'Another workflow has this name. Choose a different one.',
      { field: 'name' },
    );
}

function smallestFlow(name: string): JsonObject {
  return {
    flow: 'v1',
    name,
    triggers: [{ kind: 'manual' }],
    steps: [{ id: 'hello', kind: 'transform', with: { value: 'Hello' } }],
  };
}
