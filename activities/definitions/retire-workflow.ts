import type { RunTools } from '../verb.ts';
import { findWorkflow } from './find-workflow.ts';
import { readWorkflowView, type WorkflowView } from './workflow-view.ts';

/**
 * Takes a workflow out of use. A part of the verb `archiveWorkflow`, which also ends what starts runs of it.
 * One that is archived already stays as it is. Throws NOT_FOUND.
 */
export async function retireWorkflow(
  { db, tenantId, target }: RunTools,
  { workflowId: id }: { workflowId: string },
): Promise<WorkflowView> {
  const now = new Date();
  await db.workflow.updateMany({
    where: { tenantId, id, archivedAt: null },
    data: { archivedAt: now, updatedAt: now },
  });
  const row = await findWorkflow(db, tenantId, id);
  target(id, { name: row.name });
  return readWorkflowView(db, tenantId, row);
}
