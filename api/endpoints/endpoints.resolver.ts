import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Ctx } from '../../activities/context.ts';
import {
  createEndpoint,
  deleteEndpoint,
  getEndpoint,
  listDeliveries,
  listEndpoints,
  replayDelivery,
  rotateEndpointSecret,
  updateEndpoint,
  type DeliveryView,
} from '../../activities/endpoints/index.ts';
import { globalId } from '../../workflows/ids.ts';
import { CurrentCtx, CurrentLoaders } from '../context.ts';
import { Filter, Input } from '../fields.ts';
import { fromGlobalId, fromOptionalId } from '../global-id.ts';
import type { Loaders } from '../loaders.ts';
import { PageArgs, toConnection } from '../relay.ts';
import {
  CreateEndpointInput,
  DeleteEndpointInput,
  DeliveryAttempt,
  Endpoint,
  EndpointConnection,
  EndpointDelivery,
  EndpointDeliveryConnection,
  EndpointDeliveryFilter,
  EndpointWithSecret,
  ReplayDeliveryInput,
  RotateEndpointSecretInput,
  UpdateEndpointInput,
} from './endpoints.model.ts';

const uuidOf = (endpointId: string) => fromGlobalId('Endpoint', endpointId, 'endpointId');

/** Where events are sent to. */
@Resolver()
export class EndpointsResolver {
  @Query(() => EndpointConnection, { description: 'The endpoints of the organisation, newest first.' })
  async endpoints(@CurrentCtx() ctx: Ctx, @Args() { first, after }: PageArgs) {
    return toConnection(await listEndpoints(ctx, { first, after }), after);
  }

  @Query(() => Endpoint, { description: 'One endpoint.' })
  endpoint(
    @CurrentCtx() ctx: Ctx,
    @Args('id', { type: () => ID, description: 'The id of the endpoint.' }) id: string,
  ) {
    return getEndpoint(ctx, { endpointId: fromGlobalId('Endpoint', id, 'id') });
  }

  @Query(() => EndpointDeliveryConnection, { description: 'What was sent to endpoints, newest first.' })
  async endpointDeliveries(
    @CurrentCtx() ctx: Ctx,
    @Args() { first, after }: PageArgs,
    @Filter(() => EndpointDeliveryFilter) filter?: EndpointDeliveryFilter | null,
  ) {
    const endpointId = fromOptionalId('Endpoint', filter?.endpointId, 'filter.endpointId');
    const page = await listDeliveries(ctx, { first, after, endpointId, status: filter?.status });
    return toConnection(page, after);
  }

  @Mutation(() => EndpointWithSecret, {
    description: 'Makes an endpoint, which is told of events from now on.',
  })
  createEndpoint(@CurrentCtx() ctx: Ctx, @Input() { idempotencyKey, ...input }: CreateEndpointInput) {
    return createEndpoint(ctx, input, idempotencyKey ?? undefined);
  }

  @Mutation(() => Endpoint, { description: 'Changes an endpoint, or switches it off and on.' })
  updateEndpoint(@CurrentCtx() ctx: Ctx, @Input() { endpointId, ...input }: UpdateEndpointInput) {
    return updateEndpoint(ctx, { endpointId: uuidOf(endpointId), ...input });
  }

  @Mutation(() => EndpointWithSecret, { description: 'Gives an endpoint a new signing secret.' })
  rotateEndpointSecret(@CurrentCtx() ctx: Ctx, @Input() input: RotateEndpointSecretInput) {
    const { endpointId, overlapSeconds, idempotencyKey } = input;
    return rotateEndpointSecret(
      ctx,
      { endpointId: uuidOf(endpointId), overlapSeconds },
      idempotencyKey ?? undefined,
    );
  }

  @Mutation(() => Endpoint, { description: 'Deletes an endpoint. What is on its way to it is given up.' })
  deleteEndpoint(@CurrentCtx() ctx: Ctx, @Input() { endpointId }: DeleteEndpointInput) {
    return deleteEndpoint(ctx, { endpointId: uuidOf(endpointId) });
  }

  @Mutation(() => EndpointDelivery, { description: 'Sends an event again, under the id that it had.' })
  replayDelivery(@CurrentCtx() ctx: Ctx, @Input() { deliveryId, idempotencyKey }: ReplayDeliveryInput) {
    const id = fromGlobalId('EndpointDelivery', deliveryId, 'deliveryId');
    return replayDelivery(ctx, { deliveryId: id }, idempotencyKey ?? undefined);
  }
}

/** The fields of a delivery that are read apart. */
@Resolver(() => EndpointDelivery)
export class EndpointDeliveryResolver {
  @ResolveField(() => String, {
    description: 'The id of the event, sent as webhook-id: the same for each attempt and replay.',
  })
  eventId(@Parent() { eventId }: DeliveryView) {
    return globalId('event', eventId);
  }

  @ResolveField(() => [DeliveryAttempt], { description: 'The attempts, first one first.' })
  attempts(@Parent() { id }: DeliveryView, @CurrentLoaders() loaders: Loaders) {
    return loaders.deliveryAttempts.load(id);
  }
}
