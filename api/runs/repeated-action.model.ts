import { Field, ObjectType } from '@nestjs/graphql';
import type { ApprovalClass as Class } from '../../workflows/approvals/model.ts';
import type { StepKind as Kind } from '../../workflows/definitions/model.ts';
import { ApprovalClass } from '../approvals/approvals.model.ts';
import { StepKind } from './runs.model.ts';

/** What is told of an action that would be done once more, of one run or of many. */
@ObjectType({ isAbstract: true })
export abstract class RepeatedActionFields {
  @Field(() => StepKind, { description: 'What kind of step it is.' })
  kind!: Kind;

  @Field(() => String, { description: 'What it does, such as POST /refunds through shop.' })
  summary!: string;

  @Field(() => ApprovalClass, {
    nullable: true,
    description: 'The class of approval of the action itself; null when it changes nothing outside.',
  })
  class!: Class | null;

  @Field(() => Boolean, { description: 'Whether the call carries an idempotency key.' })
  idempotent!: boolean;

  @Field(() => String, { description: 'What that means for the repetition, in words.' })
  note!: string;
}
