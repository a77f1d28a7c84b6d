import { z } from 'zod';
import { idField } from '../input-fields.ts';
import { query } from '../query.ts';
import { findWorkflow } from './find-workflow.ts';
import { readWorkflowView, type WorkflowView } from './workflow-view.ts';

/** One workflow with its draft and the draft's issues as of now. Throws NOT_FOUND. */
export const getWorkflow = query({
  permission: 'definitions.read',
  input: z.strictObject({ id: idField }),
  run: async ({ db, tenantId }, { id }): Promise<WorkflowView> =>
    readWorkflowView(db, tenantId, await findWorkflow(db, tenantId, id)),
});
