import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import type { BatchResult } from '../../activities/approvals/index.ts';
import type { Verdict } from '../../workflows/approvals/model.ts';
import type { JsonObject } from '../../workflows/json.ts';
import { GlobalIdField } from '../fields.ts';
import { JsonScalar } from '../scalars.ts';
import { Approval, Decision, toApproval } from './approvals.model.ts';

@InputType({ description: 'A decision.' })
export class DecideApprovalInput {
  @Field(() => ID, { description: 'The id of the request.' })
  approvalId!: string;

  @Field(() => Decision, { description: 'What you decide.' })
  decision!: Verdict;

  @Field(() => String, { nullable: true, description: 'Why, in your own words. Class C needs it.' })
  reason?: string | null;

  @Field(() => String, { description: 'The hash of the plan that you saw.' })
  planHash!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'The id of the person for whom you decide, who delegated to you. When left out you decide for yourself if you ' +
      'can, else for somebody who delegated to you.',
  })
  onBehalfOf?: string | null;

  @Field(() => JsonScalar, {
    nullable: true,
    description: 'The form of the request, filled in: an object with one entry a field. A denial needs none.',
  })
  answers?: JsonObject | null;
}

@InputType({ description: 'One decision about several requests that ask for exactly the same.' })
export class DecideApprovalsInput {
  @Field(() => [ID], { description: 'The ids of the requests, 1 to 200.' })
  approvalIds!: string[];

  @Field(() => Decision, { description: 'What you decide about each of them.' })
  decision!: Verdict;

  @Field(() => String, { nullable: true, description: 'Why, in your own words. Class C needs it.' })
  reason?: string | null;

  @Field(() => String, { description: 'The content hash that all of them have.' })
  contentHash!: string;

  @Field(() => String, {
    nullable: true,
    description: 'A text of your own: sent again with the same one, the call decides nothing twice.',
  })
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'What came of one request of several.' })
export class BatchDecision {
  @GlobalIdField('Approval', { description: 'The id of the request.' })
  approvalId!: string;

  @Field(() => Approval, {
    nullable: true,
    description: 'The request as it is now; null when it was not decided.',
  })
  approval!: Approval | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why it was not decided: a stable key, for programs. Null when it was.',
  })
  reason!: string | null;

  @Field(() => String, { nullable: true, description: 'The same in words.' })
  message!: string | null;
}

/** What came of one request, as clients see it. */
export function toBatchDecision({ approval, ...result }: BatchResult): BatchDecision {
  return { ...result, approval: approval && toApproval(approval) };
}
