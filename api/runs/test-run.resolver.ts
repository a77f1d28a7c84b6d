import { Mutation, Resolver } from '@nestjs/graphql';
import type { Ctx } from '../../activities/context.ts';
import { getRun, startTestRun } from '../../activities/runs/index.ts';
import { CurrentCtx } from '../context.ts';
import { Input } from '../fields.ts';
import { fromGlobalId } from '../global-id.ts';
import { Run } from './runs.model.ts';
import { StartTestRunInput } from './test-run.model.ts';

/** Runs that try a workflow out. */
@Resolver()
export class TestRunResolver {
  @Mutation(() => Run, {
    description:
      'Starts a test run of the draft or of a published version: steps may be given results, and nothing happens outside unless you say so.',
  })
  async startTestRun(@CurrentCtx() ctx: Ctx, @Input() { idempotencyKey, ...input }: StartTestRunInput) {
    const workflowId = fromGlobalId('Workflow', input.workflowId, 'workflowId');
    const { id } = await startTestRun(ctx, { ...input, workflowId }, idempotencyKey ?? undefined);
    return getRun(ctx, { runId: id });
  }
}
