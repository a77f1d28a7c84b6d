import { z } from 'zod';
import { idField } from '../input-fields.ts';
import { MAX_PAGE } from '../page.ts';
import { query } from '../query.ts';
import { readWorkflowViews, type WorkflowView } from './workflow-view.ts';

/** Several workflows with their drafts, by id, for a page of workflows. One that is not there is missing. */
export const workflowsById = query({
  permission: 'definitions.read',
  input: z.strictObject({ ids: z.array(idField).max(MAX_PAGE) }),
  run: async ({ db, tenantId }, { ids }): Promise<Map<string, WorkflowView>> => {
    const rows = await db.workflow.findMany({ where: { tenantId, id: { in: ids } } });
    const views = await readWorkflowViews(db, tenantId, rows);
    return new Map(views.map((view) => [view.id, view]));
  },
});
