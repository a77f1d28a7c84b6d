import { Field, ObjectType } from '@nestjs/graphql';
import type { Actor as ActingParty } from '../../activities/context.ts';
import { enumOf, GlobalIdField } from '../fields.ts';

@ObjectType({ description: 'A person of the organisation.' })
export class Person {
  @GlobalIdField('Person', { description: 'The id of the person.' })
  id!: string;

  @Field(() => String, { description: 'The name of the person.' })
  name!: string;

  @Field(() => String, { description: 'The e-mail address of the person.' })
  email!: string;
}

export const ActorKind = enumOf('ActorKind', 'Who or what acted.', {
  person: 'A person.',
  service: 'An API key without a person behind it.',
  workflow: 'A run of a workflow.',
  webhook: 'A call to the address of a workflow.',
  schedule: 'A schedule.',
  system: 'The platform itself.',
});

@ObjectType({ description: 'Who did something.' })
export class Actor {
  @Field(() => ActorKind, { description: 'Who or what it was.' })
  kind!: keyof typeof ActorKind;

  @Field(() => String, {
    description: 'The name of the person, of the API key or of the part of the platform.',
  })
  name!: string;

  @Field(() => String, { nullable: true, description: 'The e-mail address, for a person.' })
  email!: string | null;

  @GlobalIdField('Person', { nullable: true, description: 'The id of the person, for a person.' })
  personId!: string | null;

  @GlobalIdField('ApiKey', { nullable: true, description: 'The API key that was used, if one was.' })
  apiKeyId!: string | null;

  @GlobalIdField('Run', { nullable: true, description: 'The run, when a run did it.' })
  runId!: string | null;
}

/** An actor as it is shown. Takes actors as they were stored too, which hold no roles. */
export function toActor(stored: ActingParty | Omit<ActingParty & { kind: 'person' }, 'roles'>): Actor {
  const none = { email: null, personId: null, apiKeyId: null, runId: null };
  switch (stored.kind) {
    case 'person': {
      const { kind, name, email, personId, apiKeyId } = stored;
      return { ...none, kind, name, email, personId, apiKeyId };
    }
    case 'service':
      return { ...none, kind: stored.kind, name: stored.name, apiKeyId: stored.apiKeyId };
    case 'workflow':
      return { ...none, kind: stored.kind, name: 'A run', runId: stored.runId };
    case 'webhook':
      return { ...none, kind: stored.kind, name: 'A webhook' };
    case 'schedule':
    case 'system':
      return { ...none, kind: stored.kind, name: stored.name };
  }
}
