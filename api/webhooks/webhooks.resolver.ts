import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Ctx } from '../../activities/context.ts';
import type { WorkflowSummary } from '../../activities/definitions/index.ts';
import {
  getWebhook,
  listWebhookDeliveries,
  rotateWebhook,
  setWebhookVerification,
  type WebhookDeliveryView,
  type WebhookView,
} from '../../activities/webhooks/index.ts';
import type { WebhookScheme } from '../../workflows/webhooks/model.ts';
import { CurrentCtx, CurrentLoaders, type GraphqlContext } from '../context.ts';
import { Workflow } from '../definitions/definitions.model.ts';
import { Input } from '../fields.ts';
import { fromGlobalId } from '../global-id.ts';
import type { Loaders } from '../loaders.ts';
import { PageArgs, toConnection } from '../relay.ts';
import {
  RotateWebhookInput,
  SetWebhookVerificationInput,
  Webhook,
  WebhookDeliveryConnection,
} from './webhooks.model.ts';

const ADDRESS =
  'The secret address to call. Null for those who may neither change webhooks nor start runs, and while no webhook trigger is published.';

/** The addresses that start runs when they are called. */
@Resolver()
export class WebhooksResolver {
  @Query(() => Webhook, {
    nullable: true,
    description: 'The webhook of a workflow; null before a version with a webhook trigger is published.',
  })
  async webhook(
    @CurrentCtx() ctx: Ctx,
    @Args('workflowId', { type: () => ID, description: 'The id of the workflow.' }) workflowId: string,
  ) {
    const found = await getWebhook(ctx, { workflowId: fromGlobalId('Workflow', workflowId, 'workflowId') });
    return found && shown(found);
  }

  @Mutation(() => Webhook, { description: 'Gives a webhook a new address. The old one stops at once.' })
  async rotateWebhook(@CurrentCtx() ctx: Ctx, @Input() { workflowId, idempotencyKey }: RotateWebhookInput) {
    const input = { workflowId: fromGlobalId('Workflow', workflowId, 'workflowId') };
    return shown(await rotateWebhook(ctx, input, idempotencyKey ?? undefined));
  }

  @Mutation(() => Webhook, {
    description: 'Says how calls of a webhook must be signed. The secret is sealed and never shown again.',
  })
  async setWebhookVerification(
    @CurrentCtx() ctx: Ctx,
    @Input() { workflowId, scheme, secret, idempotencyKey }: SetWebhookVerificationInput,
  ) {
    const input = {
      workflowId: fromGlobalId('Workflow', workflowId, 'workflowId'),
      scheme: scheme.toLowerCase() as WebhookScheme,
      secret,
    };
    return shown(await setWebhookVerification(ctx, input, idempotencyKey ?? undefined));
  }
}

/** The fields of a webhook that are read when asked for. */
@Resolver(() => Webhook)
export class WebhookResolver {
  @ResolveField(() => String, { nullable: true, description: ADDRESS })
  url(
    @CurrentLoaders() loaders: Loaders,
    @Context() { publicUrl }: GraphqlContext,
    @Parent() { workflowId }: WebhookView,
  ) {
    return addressOf(loaders, publicUrl(), workflowId);
  }

  @ResolveField(() => WebhookDeliveryConnection, {
    description:
      'The calls that came in, newest first: about the last 1,000 that started runs, and as many refused.',
  })
  async deliveries(
    @CurrentCtx() ctx: Ctx,
    @Parent() { id: webhookId }: WebhookView,
    @Args() { first, after }: PageArgs,
  ) {
    const { items, ...page } = await listWebhookDeliveries(ctx, { webhookId, first, after });
    const nodes = items.map(({ cursor, node }) => ({ cursor, node: shownDelivery(node) }));
    return toConnection({ ...page, items: nodes }, after);
  }
}

/** The address of a workflow's webhook, beside its other fields. */
@Resolver(() => Workflow)
export class WorkflowWebhookResolver {
  @ResolveField(() => String, { nullable: true, description: ADDRESS })
  webhookUrl(
    @CurrentLoaders() loaders: Loaders,
    @Context() { publicUrl }: GraphqlContext,
    @Parent() { id }: WorkflowSummary,
  ) {
    return addressOf(loaders, publicUrl(), id);
  }
}

async function addressOf(loaders: Loaders, publicUrl: string, workflowId: string): Promise<string | null> {
  const token = await loaders.webhookTokens.load(workflowId);
  return token === null ? null : `${publicUrl}/hooks/${token}`;
}

// Enums of the API are in capitals.
function shown(view: WebhookView) {
  return { ...view, scheme: view.scheme.toUpperCase() as Uppercase<WebhookScheme> };
}

function shownDelivery(view: WebhookDeliveryView) {
  return { ...view, outcome: view.outcome.toUpperCase() };
}
