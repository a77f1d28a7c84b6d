import { ArgsType, Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import type { AnalyticsGroup, ApprovalAnalytics as Analytics } from '../../activities/approvals/index.ts';
import type { Role as RoleName } from '../../workflows/tenancy/model.ts';
import { enumOf, TimeField } from '../fields.ts';
import { toGlobalId } from '../global-id.ts';
import { DateTimeScalar } from '../scalars.ts';
import { Role } from '../tenancy/tenancy.model.ts';

export const ApprovalGrouping = enumOf<AnalyticsGroup>(
  'ApprovalGrouping',
  'By what the figures are divided.',
  {
    CLASS: 'By class, in rising order.',
    WORKFLOW: 'By workflow, the one that asked most first.',
    APPROVER: 'By the person who decided, the one who decided most first.',
    WEEK: 'By ISO week in UTC, in rising order.',
  },
);

@ArgsType()
export class ApprovalAnalyticsArgs {
  @Field(() => DateTimeScalar, { description: 'The beginning of the period.' })
  from!: Date;

  @Field(() => DateTimeScalar, {
    description: 'The end of the period, which is not part of it; at most 400 days after the beginning.',
  })
  to!: Date;

  @Field(() => ApprovalGrouping, {
    nullable: true,
    description: 'Only groups of this kind; of all kinds when left out.',
  })
  groupBy?: AnalyticsGroup | null;
}

@ObjectType({
  description:
    'Counts and waiting times. A request counts in the period in which it was made, a refused attempt in the period ' +
    'in which it happened. A waiting time is null when there is nothing to measure.',
})
export class ApprovalFigures {
  @Field(() => Int, {
    nullable: true,
    description: 'Requests made; null for one approver, since requests go to roles.',
  })
  requested!: number | null;

  @Field(() => Int, { description: 'Requests approved; for one approver, that person’s approvals.' })
  approved!: number;

  @Field(() => Int, { description: 'Requests denied; for one approver, that person’s denials.' })
  denied!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Requests that nobody decided in time; null for one approver.',
  })
  expired!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Requests that the run took back; null for one approver.',
  })
  withdrawn!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Seconds from request to decision: half of the decisions took at most that.',
  })
  medianSeconds!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Seconds from request to decision: 95 of 100 decisions took at most that.',
  })
  p95Seconds!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How often approvers were reminded of these requests; null for one approver.',
  })
  reminders!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Requests that were escalated, since nobody had decided; null for one approver.',
  })
  escalated!: number | null;

  @Field(() => Int, {
    description: 'How often somebody tried to decide what they had asked for, and was refused.',
  })
  selfApprovalsRefused!: number;
}

@ObjectType({ description: 'The figures of one class, workflow, approver or week.' })
export class ApprovalFiguresGroup {
  @Field(() => ApprovalGrouping, { description: 'What kind of group this is.' })
  by!: AnalyticsGroup;

  @Field(() => ID, {
    description: 'The class, the id of the workflow, the id of the person, or the week, such as 2026-W48.',
  })
  key!: string;

  @Field(() => String, {
    description: 'The same to read: the name of a workflow, the e-mail address of a person.',
  })
  label!: string;

  @Field(() => ApprovalFigures, { description: 'Its figures.' })
  figures!: ApprovalFigures;
}

@ObjectType({
  description:
    'A role or a named person for whom open requests wait now. A request waits for each one who could still decide it.',
})
export class ApprovalBottleneck {
  @Field(() => Role, { nullable: true, description: 'The role, or null for a named person.' })
  role!: RoleName | null;

  @Field(() => String, {
    nullable: true,
    description: 'The e-mail address of a named person, or null for a role.',
  })
  email!: string | null;

  @Field(() => Int, { description: 'How many requests wait.' })
  open!: number;

  @TimeField({ description: 'When the oldest of them was made.' })
  oldestRequestedAt!: string;

  @Field(() => Float, { description: 'For how many seconds the oldest has waited.' })
  longestSeconds!: number;

  @Field(() => Float, { description: 'The median of the seconds that they have waited so far.' })
  medianSeconds!: number;
}

@ObjectType({ description: 'How approvals went in a period, and where they are stuck now.' })
export class ApprovalAnalytics {
  @TimeField({ description: 'The beginning of the period.' })
  from!: string;

  @TimeField({ description: 'The end of the period.' })
  to!: string;

  @Field(() => ApprovalFigures, { description: 'The figures of all requests together.' })
  all!: ApprovalFigures;

  @Field(() => [ApprovalFiguresGroup], {
    description: 'The figures of each group in which something happened.',
  })
  groups!: ApprovalFiguresGroup[];

  @Field(() => [ApprovalBottleneck], {
    description: 'For whom most requests wait now, whatever the period: up to 10, the worst first.',
  })
  bottlenecks!: ApprovalBottleneck[];
}

/** The analytics as clients see them: ids of workflows and people are global ids. */
export function toApprovalAnalytics({ groups, ...rest }: Analytics): ApprovalAnalytics {
  return { ...rest, groups: groups.map((group) => ({ ...group, key: toKey(group.by, group.key) })) };
}

function toKey(by: AnalyticsGroup, key: string): string {
  if (by === 'WORKFLOW') return toGlobalId('Workflow', key);
  return by === 'APPROVER' ? toGlobalId('Person', key) : key;
}
