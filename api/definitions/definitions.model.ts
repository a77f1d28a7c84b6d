import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { Json, JsonObject } from '../../workflows/json.ts';
import type { DefinitionChange as Change } from '../../workflows/definitions/index.ts';
import { enumOf, GlobalIdField, IdempotencyKeyField, TimeField } from '../fields.ts';
import { connectionOf } from '../relay.ts';
import { JsonScalar } from '../scalars.ts';
import { Person } from '../tenancy/person.model.ts';

@ObjectType({ description: 'One thing that is wrong with a definition.' })
export class DefinitionIssue {
  @Field(() => String, { description: 'Where, as a JSON Pointer into the definition.' })
  path!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The id of the step that it is about, if it is about one.',
  })
  stepId!: string | null;

  @Field(() => String, { description: 'What kind of fault it is. Codes never change.' })
  code!: string;

  @Field(() => String, { description: 'What is wrong and what to do, in words.' })
  message!: string;
}

@ObjectType({ description: 'What is being worked on and is not published yet.' })
export class Draft {
  @Field(() => JsonScalar, { description: 'The definition in the format Levqor Flow v1.' })
  definition!: JsonObject;

  @Field(() => String, {
    description: 'The hash of the draft. The next save must say that it is based on it.',
  })
  hash!: string;

  @TimeField({ description: 'When the draft was saved.' })
  savedAt!: string;

  @Field(() => Person, { nullable: true, description: 'Who saved it.' })
  savedBy!: Person | null;

  @Field(() => [DefinitionIssue], { description: 'What keeps the draft from being published, as of now.' })
  issues!: DefinitionIssue[];
}

export const DefinitionChangeKind = enumOf<Change['kind']>(
  'DefinitionChangeKind',
  'What happened to a part.',
  {
    added: 'It is new.',
    removed: 'It is gone.',
    moved: 'It stands at another place.',
    changed: 'It is different.',
  },
);

@ObjectType({ description: 'One difference between two definitions.' })
export class DefinitionChange {
  @Field(() => DefinitionChangeKind, { description: 'What happened.' })
  kind!: Change['kind'];

  @Field(() => String, {
    nullable: true,
    description: 'The step that it is about; null for the workflow itself.',
  })
  stepId!: string | null;

  @Field(() => String, { description: 'Where, as a JSON Pointer into the newer definition.' })
  path!: string;

  @Field(() => String, { description: 'What happened, in words.' })
  message!: string;

  @Field(() => String, { nullable: true, description: 'The value before, as JSON text, shortened.' })
  before?: string;

  @Field(() => String, { nullable: true, description: 'The value after, as JSON text, shortened.' })
  after?: string;
}

@ObjectType({ description: 'A published version of a workflow. It never changes.' })
export class WorkflowVersion {
  @Field(() => Int, { description: 'The number of the version, counted from 1.' })
  number!: number;

  @Field(() => String, { description: 'SHA-256 of what the version means; the layout is left out.' })
  hash!: string;

  @Field(() => String, { nullable: true, description: 'What its publisher wrote about it.' })
  note!: string | null;

  @Field(() => [DefinitionChange], { description: 'What is different from the version before.' })
  changes!: DefinitionChange[];

  @TimeField({ description: 'When it was published.' })
  publishedAt!: string;

  @Field(() => Person, { nullable: true, description: 'Who published it.' })
  publishedBy!: Person | null;

  @Field(() => JsonScalar, { description: 'The definition in the format Levqor Flow v1.' })
  definition!: Json;
}
export const WorkflowVersionConnection = connectionOf(WorkflowVersion, 'WorkflowVersion');

@ObjectType({ description: 'A workflow: a draft to work on, and published versions to run.' })
export class Workflow {
  @GlobalIdField('Workflow', { description: 'The id of the workflow.' })
  id!: string;

  @Field(() => String, { description: 'The name of the workflow.' })
  name!: string;

  @Field(() => Int, { nullable: true, description: 'The newest published version; null before the first.' })
  version!: number | null;

  @TimeField({ description: 'When the workflow was made.' })
  createdAt!: string;

  @Field(() => Person, { nullable: true, description: 'Who made it.' })
  createdBy!: Person | null;

  @TimeField({ description: 'When it was last saved, published or archived.' })
  updatedAt!: string;

  @TimeField({ nullable: true, description: 'When it was taken out of use.' })
  archivedAt!: string | null;

  @Field(() => Draft, { description: 'What is being worked on.' })
  draft!: Draft;
}
export const WorkflowConnection = connectionOf(Workflow, 'Workflow');

@InputType({ description: 'Narrows the list of workflows. All that is given must hold.' })
export class WorkflowFilter {
  @Field(() => String, { nullable: true, description: 'This text is in the name.' })
  search?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: only archived ones. Otherwise only those in use.',
  })
  archived?: boolean | null;
}

@InputType({ description: 'A new workflow.' })
export class CreateWorkflowInput {
  @Field(() => String, { description: 'The name of the workflow.' })
  name!: string;

  @Field(() => JsonScalar, {
    nullable: true,
    description: 'The first draft, valid or not; a tiny one when left out.',
  })
  definition?: JsonObject | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

@InputType({ description: 'A draft to save.' })
export class SaveDraftInput {
  @Field(() => ID, { description: 'The id of the workflow.' })
  workflowId!: string;

  @Field(() => JsonScalar, { description: 'The new draft, valid or not.' })
  definition!: JsonObject;

  @Field(() => String, { description: 'The hash of the draft that you began with.' })
  basedOnHash!: string;
}

@InputType({ description: 'What to publish.' })
export class PublishWorkflowInput {
  @Field(() => ID, { description: 'The id of the workflow.' })
  workflowId!: string;

  @Field(() => String, { nullable: true, description: 'What to tell others about this version.' })
  note?: string | null;

  @Field(() => String, { nullable: true, description: 'Publishes only a draft with this hash.' })
  basedOnHash?: string | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

@InputType({ description: 'The workflow to take out of use.' })
export class ArchiveWorkflowInput {
  @Field(() => ID, { description: 'The id of the workflow.' })
  workflowId!: string;
}
