import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Ctx } from '../../activities/context.ts';
import {
  createWorkflow,
  getWorkflow,
  listWorkflows,
  saveDraft,
  validateDraft,
} from '../../activities/definitions/index.ts';
import type { JsonObject } from '../../workflows/json.ts';
import { CurrentCtx } from '../context.ts';
import { Filter, Input } from '../fields.ts';
import { fromGlobalId } from '../global-id.ts';
import { PageArgs, toConnection } from '../relay.ts';
import { JsonScalar } from '../scalars.ts';
import {
  CreateWorkflowInput,
  DefinitionIssue,
  SaveDraftInput,
  Workflow,
  WorkflowConnection,
  WorkflowFilter,
} from './definitions.model.ts';
import { FLOW_SCHEMA } from './flow-schema.ts';

/** Workflows, their drafts and versions. */
@Resolver()
export class DefinitionsResolver {
  @Query(() => WorkflowConnection, { description: 'The workflows of the organisation, newest first.' })
  async workflows(
    @CurrentCtx() ctx: Ctx,
    @Args() { first, after }: PageArgs,
    @Filter(() => WorkflowFilter) filter: WorkflowFilter | null,
  ) {
    return toConnection(await listWorkflows(ctx, { first, after, ...filter }), after);
  }

  @Query(() => Workflow, { nullable: true, description: 'One workflow.' })
  workflow(
    @CurrentCtx() ctx: Ctx,
    @Args('id', { type: () => ID, description: 'The id of the workflow.' }) id: string,
  ) {
    return getWorkflow(ctx, { id: fromGlobalId('Workflow', id, 'id') });
  }

  @Query(() => [DefinitionIssue], { description: 'What is wrong with a definition. Stores nothing.' })
  validateDefinition(
    @CurrentCtx() ctx: Ctx,
    @Args('definition', { type: () => JsonScalar, description: 'A definition in the format Levqor Flow v1.' })
    definition: JsonObject,
  ) {
    return validateDraft(ctx, { definition });
  }

  @Query(() => JsonScalar, { description: 'The JSON Schema of the format Levqor Flow v1. Needs no key.' })
  flowSchema() {
    return FLOW_SCHEMA;
  }

  @Mutation(() => Workflow, { description: 'Makes a workflow with a first draft.' })
  createWorkflow(@CurrentCtx() ctx: Ctx, @Input() { idempotencyKey, ...input }: CreateWorkflowInput) {
    return createWorkflow(ctx, { ...input }, idempotencyKey ?? undefined);
  }

  @Mutation(() => Workflow, {
    description: 'Saves a draft, unless somebody saved another one since you began.',
  })
  saveDraft(@CurrentCtx() ctx: Ctx, @Input() { workflowId, ...rest }: SaveDraftInput) {
    return saveDraft(ctx, { workflowId: fromGlobalId('Workflow', workflowId, 'workflowId'), ...rest });
  }
}
