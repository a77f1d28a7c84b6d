import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  createConnection,
  deleteConnection,
  listConnections,
  rotateConnection,
} from '../../activities/connections/index.ts';
import type { Ctx } from '../../activities/context.ts';
import { CurrentCtx } from '../context.ts';
import { Input } from '../fields.ts';
import { fromGlobalId } from '../global-id.ts';
import { PageArgs, toConnection } from '../relay.ts';
import {
  Connection,
  ConnectionConnection,
  CreateConnectionInput,
  DeleteConnectionInput,
  RotateConnectionInput,
} from './connections.model.ts';

/** The places outside that steps reach. */
@Resolver()
export class ConnectionsResolver {
  @Query(() => ConnectionConnection, { description: 'The connections of the organisation, newest first.' })
  async connections(@CurrentCtx() ctx: Ctx, @Args() { first, after }: PageArgs) {
    return toConnection(await listConnections(ctx, { first, after }), after);
  }

  @Mutation(() => Connection, {
    description: 'Makes a connection. Its secrets are sealed and never shown again.',
  })
  createConnection(@CurrentCtx() ctx: Ctx, @Input() { idempotencyKey, ...input }: CreateConnectionInput) {
    return createConnection(ctx, { ...input }, idempotencyKey ?? undefined);
  }

  @Mutation(() => Connection, {
    description: 'Replaces the secrets; steps use the new ones at their next attempt.',
  })
  rotateConnection(@CurrentCtx() ctx: Ctx, @Input() { idempotencyKey, ...input }: RotateConnectionInput) {
    const { connectionId, ...rest } = input;
    const id = fromGlobalId('Connection', connectionId, 'connectionId');
    return rotateConnection(ctx, { id, ...rest }, idempotencyKey ?? undefined);
  }

  @Mutation(() => Connection, { description: 'Deletes a connection that no published workflow uses.' })
  deleteConnection(@CurrentCtx() ctx: Ctx, @Input() { connectionId }: DeleteConnectionInput) {
    return deleteConnection(ctx, { id: fromGlobalId('Connection', connectionId, 'connectionId') });
  }
}
