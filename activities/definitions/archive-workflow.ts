import { z } from 'zod';
import { idField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { findWorkflow } from './find-workflow.ts';
import { readWorkflowView, type WorkflowView } from './workflow-view.ts';

/**
 * Takes a workflow out of use: it can no longer be changed or started, and its name is free again. Its versions and
 * runs stay. One that is archived already stays as it is. Throws NOT_FOUND.
 */
export const archiveWorkflow = verb({
  action: 'workflow.archive',
  permission: 'definitions.publish',
  input: z.strictObject({ workflowId: idField }),
  run: async ({ db, tenantId, target }, { workflowId: id }): Promise<WorkflowView> => {
    const now = new Date();
    await db.workflow.updateMany({
      where: { tenantId, id, archivedAt: null },
      data: { archivedAt: now, updatedAt: now },
    });
    const row = await findWorkflow(db, tenantId, id);
    target(id, { name: row.name });
    return readWorkflowView(db, tenantId, row);
  },
});
