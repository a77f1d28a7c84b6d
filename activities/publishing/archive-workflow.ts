import { z } from 'zod';
import { retireWorkflow, type WorkflowView } from '../definitions/index.ts';
import { idField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { followDefinition } from './follow-definition.ts';

/**
 * Takes a workflow out of use: it can no longer be changed or started, by no schedule and no webhook either, and its
 * name is free again. Its versions and runs stay. One that is archived already stays as it is. Throws NOT_FOUND.
 */
export const archiveWorkflow = verb({
  action: 'workflow.archive',
  permission: 'definitions.publish',
  input: z.strictObject({ workflowId: idField }),
  run: async (tools, { workflowId }): Promise<WorkflowView> => {
    const view = await retireWorkflow(tools, { workflowId });
    await followDefinition(tools, { workflowId, flow: null });
    return view;
  },
});
