import { publishInput, publishVersion, type Version } from '../definitions/index.ts';
import { verb } from '../verb.ts';
import { followDefinition } from './follow-definition.ts';

/**
 * Makes the draft the next version, which runs from now on, with its schedules and its webhook. Throws what
 * `publishVersion` throws, and LIMIT_EXCEEDED `too_many_schedules`.
 */
export const publishWorkflow = verb({
  action: 'workflow.publish',
  permission: 'definitions.publish',
  input: publishInput,
  run: async (tools, input): Promise<Version> => {
    const version = await publishVersion(tools, input);
    await followDefinition(tools, { workflowId: input.workflowId, flow: version.definition });
    return version;
  },
});
