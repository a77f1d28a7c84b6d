import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { ConnectionKind as Kind } from '../../workflows/connections/model.ts';
import type { JsonObject } from '../../workflows/json.ts';
import { enumOf, GlobalIdField, IdempotencyKeyField, TimeField } from '../fields.ts';
import { connectionOf } from '../relay.ts';
import { JsonScalar } from '../scalars.ts';
import { Person } from '../tenancy/person.model.ts';

export const ConnectionKind = enumOf<Kind>('ConnectionKind', 'What a connection leads to.', {
  HTTP: 'A web service.',
  POSTGRES: 'A PostgreSQL database.',
  SMTP: 'A mail server.',
});

@ObjectType({
  description: 'A place outside that steps reach, with its secrets. The secrets are never shown.',
})
export class Connection {
  @GlobalIdField('Connection', { description: 'The id of the connection.' })
  id!: string;

  @Field(() => String, { description: 'The name by which steps know the connection.' })
  name!: string;

  @Field(() => ConnectionKind, { description: 'What it leads to.' })
  kind!: Kind;

  @Field(() => JsonScalar, { description: 'Its settings, without secrets.' })
  settings!: JsonObject;

  @Field(() => [String], { description: 'Names of the secrets that are set.' })
  secretFields!: string[];

  @Field(() => Int, { description: 'Counts up with each rotation, from 1.' })
  version!: number;

  @TimeField({ description: 'When it was made.' })
  createdAt!: string;

  @Field(() => Person, { nullable: true, description: 'Who made it.' })
  createdBy!: Person | null;

  @TimeField({ nullable: true, description: 'When its secrets were last replaced.' })
  rotatedAt!: string | null;
}
export const ConnectionConnection = connectionOf(Connection, 'Connection');

const SETTINGS =
  'HTTP: { baseUrl, headers }. POSTGRES: { host, port, database, user, tls, readOnly }. SMTP: { host, port, tls, from }. All: rateLimit: { requests, perSeconds }, how often steps may use it.';
const SECRETS =
  'HTTP: { bearer }, { username, password } or { headers }. POSTGRES: { password }. SMTP: { username, password }.';

@InputType({ description: 'A new connection.' })
export class CreateConnectionInput {
  @Field(() => String, { description: 'The name by which steps will know it.' })
  name!: string;

  @Field(() => ConnectionKind, { description: 'What it leads to.' })
  kind!: Kind;

  @Field(() => JsonScalar, { description: SETTINGS })
  settings!: JsonObject;

  @Field(() => JsonScalar, { nullable: true, description: SECRETS })
  secrets?: JsonObject | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

@InputType({ description: 'New secrets of a connection.' })
export class RotateConnectionInput {
  @Field(() => ID, { description: 'The id of the connection.' })
  connectionId!: string;

  @Field(() => JsonScalar, {
    nullable: true,
    description: `New settings; as before when left out. ${SETTINGS}`,
  })
  settings?: JsonObject | null;

  @Field(() => JsonScalar, {
    nullable: true,
    description: `All secrets from now on; none when null. ${SECRETS}`,
  })
  secrets!: JsonObject | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

@InputType({ description: 'The connection to delete.' })
export class DeleteConnectionInput {
  @Field(() => ID, { description: 'The id of the connection.' })
  connectionId!: string;
}
