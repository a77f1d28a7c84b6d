import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { GlobalIdField, IdempotencyKeyField, TimeField } from '../fields.ts';
import { connectionOf } from '../relay.ts';
import { DateTimeScalar } from '../scalars.ts';
import { Person } from '../tenancy/person.model.ts';

@ObjectType({
  description:
    'The power to decide approvals, handed by one approver to one other person for a period. It covers what the ' +
    'approver may decide at that moment, but nothing that either of the two asked for, and it cannot be passed on. ' +
    'Towards Class C the two count as one person.',
})
export class ApprovalDelegation {
  @GlobalIdField('ApprovalDelegation', { description: 'The id of the delegation.' })
  id!: string;

  @Field(() => Person, {
    nullable: true,
    description: 'Who handed the power over; null once they have left the organisation.',
  })
  from!: Person | null;

  @Field(() => Person, {
    nullable: true,
    description: 'Who may use it; null once they have left the organisation.',
  })
  to!: Person | null;

  @TimeField({ description: 'From when on.' })
  startsAt!: string;

  @TimeField({ description: 'Until when.' })
  endsAt!: string;

  @Field(() => String, { nullable: true, description: 'Why, in the words of who handed it over.' })
  reason!: string | null;

  @TimeField({ description: 'When it was handed over.' })
  createdAt!: string;

  @TimeField({ nullable: true, description: 'When it was revoked.' })
  revokedAt!: string | null;

  @Field(() => Boolean, { description: 'Whether it can be used now.' })
  inForce!: boolean;
}
export const ApprovalDelegationConnection = connectionOf(ApprovalDelegation, 'ApprovalDelegation');

@InputType({ description: 'To whom you hand your power to decide approvals, and for how long.' })
export class DelegateApprovalsInput {
  @Field(() => ID, { description: 'The id of another person of the organisation.' })
  toPersonId!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'From when on; from now on when left out or past.',
  })
  from?: Date | null;

  @Field(() => DateTimeScalar, { description: 'Until when; at most 90 days after the start.' })
  until!: Date;

  @Field(() => String, { nullable: true, description: 'Why, in your own words.' })
  reason?: string | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

@InputType({ description: 'The delegation to end.' })
export class RevokeDelegationInput {
  @Field(() => ID, { description: 'The id of the delegation.' })
  id!: string;
}
