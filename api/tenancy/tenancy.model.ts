import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { Json } from '../../workflows/json.ts';
import type { Role as RoleName } from '../../workflows/tenancy/model.ts';
import { enumOf, GlobalIdField, IdempotencyKeyField, TimeField } from '../fields.ts';
import { connectionOf } from '../relay.ts';
import { DateTimeScalar, JsonScalar } from '../scalars.ts';
import { Actor, Person } from './person.model.ts';

export const Role = enumOf<RoleName>('Role', 'What a member may be. One person can hold several roles.', {
  owner: 'May do everything, and make others owner.',
  admin: 'May do everything but make others owner.',
  builder: 'Makes and publishes workflows, starts and controls runs.',
  operator: 'Starts and controls runs, decides approvals.',
  finance: 'Starts runs, decides approvals.',
  security: 'Decides approvals, reads the audit log.',
  viewer: 'Looks at everything but the audit log and changes nothing.',
});

@ObjectType({ description: 'An organisation.' })
export class Organisation {
  @GlobalIdField('Organisation', { description: 'The id of the organisation.' })
  id!: string;

  @Field(() => String, { description: 'The name of the organisation.' })
  name!: string;

  @Field(() => String, { description: 'Its short name, as it stands in addresses.' })
  slug!: string;
}

@ObjectType({ description: 'An organisation of which you are a member.' })
export class Membership {
  @Field(() => Organisation, { description: 'The organisation.' })
  organisation!: Organisation;

  @Field(() => [Role], { description: 'Your roles there.' })
  roles!: RoleName[];
}

@ObjectType({ description: 'Who is asking, and what they may do.' })
export class Viewer {
  @Field(() => [Membership], {
    description:
      'Where you are a member, oldest membership first. By an API key: the organisation of the key; none for a service key.',
  })
  memberships!: Membership[];

  @Field(() => Organisation, { description: 'The organisation that is asked, such as that of the API key.' })
  organisation!: Organisation;

  @Field(() => Person, { nullable: true, description: 'The person behind the key; null for a service key.' })
  person!: Person | null;

  @Field(() => [Role], { description: 'The roles that count for this key.' })
  roles!: RoleName[];

  @Field(() => [String], { description: 'What these roles allow, such as runs.start.' })
  permissions!: string[];

  @Field(() => String, {
    description:
      'With pre-launch nothing external happens without approval; with post-launch Class A runs by itself.',
  })
  launchStage!: string;
}

@ObjectType({ description: 'A person with the roles held in this organisation.' })
export class Member {
  @Field(() => Person, { description: 'The person.' })
  person!: Person;

  @Field(() => [Role], { description: 'The roles of the person.' })
  roles!: RoleName[];

  @TimeField({ description: 'When the person joined.' })
  joinedAt!: string;
}

@ObjectType({
  description: 'A key by which programs sign in. Its token is shown once, when the key is made.',
})
export class ApiKey {
  @GlobalIdField('ApiKey', { description: 'The id of the key.' })
  id!: string;

  @Field(() => String, { description: 'What the key is called.' })
  name!: string;

  @Field(() => String, { description: 'The first characters of the token, to recognise it by.' })
  prefix!: string;

  @Field(() => Boolean, { description: 'True for a key without a person; it can never approve.' })
  service!: boolean;

  @Field(() => Person, { nullable: true, description: 'The person for whom the key acts.' })
  person!: Person | null;

  @Field(() => [Role], { description: 'The most that the key may do.' })
  roles!: RoleName[];

  @TimeField({ description: 'When the key was made.' })
  createdAt!: string;

  @TimeField({ nullable: true, description: 'When the key stops working, if ever.' })
  expiresAt!: string | null;

  @TimeField({ nullable: true, description: 'When the key was last used, to the minute.' })
  lastUsedAt!: string | null;

  @TimeField({ nullable: true, description: 'When the key was revoked.' })
  revokedAt!: string | null;
}

@ObjectType({ description: 'A key just made, with its token.' })
export class CreatedApiKey {
  @Field(() => String, { description: 'The token. It is shown only now: keep it in a safe place.' })
  token!: string;

  @Field(() => ApiKey, { description: 'The key.' })
  apiKey!: ApiKey;
}

@ObjectType({ description: 'Something that was done, as the audit log keeps it.' })
export class AuditEvent {
  @Field(() => Int, { description: 'Its number in the organisation, counted from 1 without gaps.' })
  sequence!: number;

  @TimeField({ description: 'When it was done.' })
  at!: string;

  @Field(() => Actor, { description: 'Who did it.' })
  actor!: Actor;

  @Field(() => String, { description: 'What was done, such as run.start.' })
  action!: string;

  @Field(() => ID, { nullable: true, description: 'The id of what it was done to.' })
  target!: string | null;

  @Field(() => String, { nullable: true, description: 'The request by which it was done.' })
  requestId!: string | null;

  @Field(() => JsonScalar, { nullable: true, description: 'More about it. Never a secret.' })
  details!: Json;
}

@ObjectType({
  description:
    'What a check of the whole audit log found. Each event holds the hash of the one before: a change shows.',
})
export class AuditChain {
  @Field(() => Boolean, { description: 'True when nothing was changed, taken out or cut off.' })
  valid!: boolean;

  @Field(() => Int, { description: 'How many events were checked.' })
  checked!: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'The number of the first event that was changed or follows a missing one; past the end when the last ones are gone.',
  })
  brokenAt!: number | null;
}

export const MemberConnection = connectionOf(Member, 'Member');
export const ApiKeyConnection = connectionOf(ApiKey, 'ApiKey');
export const AuditEventConnection = connectionOf(AuditEvent, 'AuditEvent');

@InputType({ description: 'New roles of a member.' })
export class SetMemberRolesInput {
  @Field(() => ID, { description: 'The id of the person.' })
  personId!: string;

  @Field(() => [Role], { description: 'All roles that the person shall have from now on.' })
  roles!: RoleName[];
}

@InputType({ description: 'A new name of the organisation.' })
export class RenameOrganisationInput {
  @Field(() => String, { description: 'The name, 1 to 200 characters.' })
  name!: string;
}

@InputType({ description: 'A new API key.' })
export class CreateApiKeyInput {
  @Field(() => String, { description: 'What to call the key.' })
  name!: string;

  @Field(() => [Role], { nullable: true, description: 'Some of your roles; all of them when left out.' })
  roles?: RoleName[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True for a key without a person. It can never approve.',
  })
  service?: boolean | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the key stops working; never when left out.',
  })
  expiresAt?: Date | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

@InputType({ description: 'A person to take into the organisation.' })
export class InviteMemberInput {
  @Field(() => String, { description: 'The e-mail address of the person.' })
  email!: string;

  @Field(() => String, { description: 'The name of the person.' })
  name!: string;

  @Field(() => [Role], { description: 'The roles of the person. Only an owner can make an owner.' })
  roles!: RoleName[];

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

@InputType({ description: 'The member to remove.' })
export class RemoveMemberInput {
  @Field(() => ID, { description: 'The id of the person.' })
  personId!: string;
}

@InputType({ description: 'The API key to revoke.' })
export class RevokeApiKeyInput {
  @Field(() => ID, { description: 'The id of the key.' })
  apiKeyId!: string;
}

@InputType({ description: 'Narrows the audit log. All that is given must hold.' })
export class AuditLogFilter {
  @Field(() => ID, { nullable: true, description: 'Done by this person, API key or run.' })
  actor?: string | null;

  @Field(() => String, { nullable: true, description: 'This action, such as run.start.' })
  action?: string | null;

  @Field(() => ID, { nullable: true, description: 'Done to the thing with this id.' })
  target?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Done at this time or later.' })
  from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Done at this time or earlier.' })
  until?: Date | null;
}
