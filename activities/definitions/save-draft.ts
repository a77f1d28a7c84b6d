import { z } from 'zod';
import { personOf } from '../context.ts';
import { idField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { definitionField, draftHash } from './definition-field.ts';
import { draftChanged } from './draft-changed.ts';
import { findWorkflow, lockWorkflow } from './find-workflow.ts';
import { readWorkflowView, type WorkflowView } from './workflow-view.ts';

/** A hash that a save or a publication is based on: SHA-256 in hex. */
export const hashField = z.string().regex(/^[0-9a-f]{64}$/, 'This is not the hash of a draft.');

/**
 * Replaces the draft, valid or not. Throws NOT_FOUND, PRECONDITION_FAILED (archived), or CONFLICT `draft_changed`
 * when somebody saved another draft since; saving what is there already is no conflict.
 */
export const saveDraft = verb({
  action: 'workflow.saveDraft',
  permission: 'definitions.write',
  input: z.strictObject({ workflowId: idField, definition: definitionField, basedOnHash: hashField }),
  run: async ({ db, tenantId, actor, target }, input): Promise<WorkflowView> => {
    const { workflowId: id, definition, basedOnHash } = input;
    const row = await lockWorkflow(db, tenantId, id);
    const hash = draftHash(definition);
    if (row.draftHash !== basedOnHash && row.draftHash !== hash)
      throw await draftChanged(db, tenantId, { row, basedOnHash, definition });
    if (row.draftHash !== hash) {
      const now = new Date();
      await db.workflow.updateMany({
        where: { tenantId, id },
        data: {
          draft: definition,
          draftHash: hash,
          draftSavedAt: now,
          draftSavedBy: personOf(actor),
          updatedAt: now,
        },
      });
    }
    target(id, { before: row.draftHash, after: hash });
    return readWorkflowView(db, tenantId, await findWorkflow(db, tenantId, id));
  },
});
