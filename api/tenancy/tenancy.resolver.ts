import { Args, Mutation, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Ctx } from '../../activities/context.ts';
import {
  createApiKey,
  inviteMember,
  listApiKeys,
  listAuditEvents,
  listMembers,
  listOrganisations,
  removeMember,
  renameOrganisation,
  revokeApiKey,
  setMemberRoles,
  verifyAuditChain,
  viewer,
} from '../../activities/tenancy/index.ts';
import { CurrentCtx } from '../context.ts';
import { Filter, Input } from '../fields.ts';
import { fromAnyGlobalId, fromGlobalId } from '../global-id.ts';
import { PageArgs, toConnection } from '../relay.ts';
import { toAuditEvent } from './audit-event.ts';
import {
  ApiKey,
  ApiKeyConnection,
  AuditChain,
  AuditEventConnection,
  AuditLogFilter,
  CreateApiKeyInput,
  CreatedApiKey,
  InviteMemberInput,
  Member,
  MemberConnection,
  Membership,
  Organisation,
  RemoveMemberInput,
  RenameOrganisationInput,
  RevokeApiKeyInput,
  SetMemberRolesInput,
  Viewer,
} from './tenancy.model.ts';

/** Where somebody is a member; read only when it is asked for. */
@Resolver(() => Viewer)
export class ViewerResolver {
  @ResolveField(() => [Membership])
  async memberships(@CurrentCtx() ctx: Ctx): Promise<Membership[]> {
    const found = await listOrganisations(ctx);
    return found.map(({ roles, ...organisation }) => ({ organisation, roles }));
  }
}

/** People, keys and the audit log. */
@Resolver()
export class TenancyResolver {
  @Query(() => Viewer, { description: 'Who you are here, and what you may do.' })
  async viewer(@CurrentCtx() ctx: Ctx) {
    const { tenant, ...rest } = await viewer(ctx);
    return { organisation: tenant, ...rest };
  }

  @Query(() => MemberConnection, { description: 'The people of the organisation, newest first.' })
  async members(@CurrentCtx() ctx: Ctx, @Args() { first, after }: PageArgs) {
    return toConnection(await listMembers(ctx, { first, after }), after);
  }

  @Query(() => ApiKeyConnection, { description: 'The API keys, revoked ones too, newest first.' })
  async apiKeys(@CurrentCtx() ctx: Ctx, @Args() { first, after }: PageArgs) {
    return toConnection(await listApiKeys(ctx, { first, after }), after);
  }

  @Query(() => AuditEventConnection, { description: 'What was done here, newest first.' })
  async auditLog(
    @CurrentCtx() ctx: Ctx,
    @Args() { first, after }: PageArgs,
    @Filter(() => AuditLogFilter) filter: AuditLogFilter | null,
  ) {
    const actor = fromAnyGlobalId(filter?.actor, 'filter.actor');
    const target = fromAnyGlobalId(filter?.target, 'filter.target');
    const { action, from, until } = filter ?? {};
    const page = await listAuditEvents(ctx, { first, after, actor, action, target, from, until });
    return toConnection({ ...page, items: page.items.map(toAuditEvent) }, after);
  }

  @Query(() => AuditChain, {
    description: 'Checks that nobody changed the audit log, from its first event on.',
  })
  async auditChain(@CurrentCtx() ctx: Ctx) {
    const { intact, length, brokenAt } = await verifyAuditChain(ctx, {});
    return { valid: intact, checked: length, brokenAt };
  }

  @Mutation(() => Member, { description: 'Takes a person into the organisation with these roles, at once.' })
  inviteMember(@CurrentCtx() ctx: Ctx, @Input() { idempotencyKey, ...input }: InviteMemberInput) {
    return inviteMember(ctx, { ...input }, idempotencyKey ?? undefined);
  }

  @Mutation(() => Member, {
    description:
      'Takes a person out of the organisation and ends the API keys of that person. Gives who it was.',
  })
  removeMember(@CurrentCtx() ctx: Ctx, @Input() { personId }: RemoveMemberInput) {
    return removeMember(ctx, { personId: fromGlobalId('Person', personId, 'personId') });
  }

  @Mutation(() => Member, { description: 'Gives a member other roles. Keys of that person follow at once.' })
  setMemberRoles(@CurrentCtx() ctx: Ctx, @Input() { personId, roles }: SetMemberRolesInput) {
    return setMemberRoles(ctx, { personId: fromGlobalId('Person', personId, 'personId'), roles });
  }

  @Mutation(() => Organisation, {
    description: 'Gives the organisation another name. Its short name stays as it is.',
  })
  renameOrganisation(@CurrentCtx() ctx: Ctx, @Input() { name }: RenameOrganisationInput) {
    return renameOrganisation(ctx, { name });
  }

  @Mutation(() => CreatedApiKey, { description: 'Makes an API key. Its token is shown only in this answer.' })
  createApiKey(@CurrentCtx() ctx: Ctx, @Input() { idempotencyKey, ...input }: CreateApiKeyInput) {
    return createApiKey(ctx, { ...input }, idempotencyKey ?? undefined);
  }

  @Mutation(() => ApiKey, { description: 'Ends an API key at once and for good.' })
  revokeApiKey(@CurrentCtx() ctx: Ctx, @Input() { apiKeyId }: RevokeApiKeyInput) {
    return revokeApiKey(ctx, { id: fromGlobalId('ApiKey', apiKeyId, 'apiKeyId') });
  }
}
