import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { ApprovalView } from '../../activities/approvals/index.ts';
import type { FormField } from '../../workflows/approvals/form.ts';
import type {
  ApprovalClass as Class,
  ApprovalStatus as Status,
  Verdict,
} from '../../workflows/approvals/model.ts';
import type { Json } from '../../workflows/json.ts';
import type { Role as RoleName } from '../../workflows/tenancy/model.ts';
import { enumOf, GlobalIdField, TimeField } from '../fields.ts';
import { connectionOf } from '../relay.ts';
import { JsonScalar } from '../scalars.ts';
import { Person } from '../tenancy/person.model.ts';
import { Role } from '../tenancy/tenancy.model.ts';

export const ApprovalClass = enumOf<Class>('ApprovalClass', 'How grave an action is.', {
  A: 'Runs by itself once the platform is post-launch.',
  B: 'Needs one approver who is not the requester.',
  C: 'Needs two approvers of different roles, each with a reason.',
});

type FieldType = FormField['type'];

export const ApprovalStatus = enumOf<Status>('ApprovalStatus', 'Where a request for approval stands.', {
  PENDING: 'It waits for decisions.',
  APPROVED: 'It was approved.',
  DENIED: 'It was denied.',
  EXPIRED: 'Nobody decided in time, which counts as a no.',
  WITHDRAWN: 'The run no longer asks.',
});

export const Decision = enumOf<Verdict>('Decision', 'What a person decides.', {
  APPROVE: 'Yes.',
  DENY: 'No.',
});

@ObjectType({ description: 'The run that asks, and of which workflow it is.' })
export class AskingRun {
  @GlobalIdField('Run', { description: 'The id of the run.' })
  id!: string;

  @GlobalIdField('Workflow', { description: 'The id of its workflow.' })
  workflowId!: string;

  @Field(() => String, { description: 'The name of its workflow when the run asked.' })
  workflowName!: string;
}

@ObjectType({ description: 'Who may decide: any of these roles or people.' })
export class Approvers {
  @Field(() => [Role], { description: 'Holders of any of these roles.' })
  roles!: RoleName[];

  @Field(() => [String], { description: 'People with these e-mail addresses.' })
  people!: string[];
}

export const ApprovalFieldType = enumOf<FieldType>(
  'ApprovalFieldType',
  'What kind of answer a field takes.',
  {
    text: 'A line of text.',
    number: 'A number.',
    boolean: 'Yes or no.',
    choice: 'One of its options.',
  },
);

@ObjectType({ description: 'A field of the form that an approver fills in.' })
export class ApprovalFormField {
  @Field(() => String, { description: 'The name of its answer.' })
  name!: string;

  @Field(() => String, { description: 'What the approver reads beside it.' })
  label!: string;

  @Field(() => ApprovalFieldType, { description: 'What kind of answer it takes.' })
  type!: FieldType;

  @Field(() => [String], { description: 'What can be chosen; empty unless it is a choice.' })
  options!: string[];

  @Field(() => Boolean, { description: 'Whether an approval needs an answer.' })
  required!: boolean;

  @Field(() => Int, { nullable: true, description: 'The most characters of a text.' })
  maxLength!: number | null;
}

@ObjectType({ description: 'What one person decided.' })
export class ApprovalDecision {
  @Field(() => Person, {
    nullable: true,
    description: 'The person; null once they have left the organisation.',
  })
  person!: Person | null;

  @Field(() => String, { description: 'The e-mail address of the person when they decided.' })
  personEmail!: string;

  @Field(() => Person, {
    nullable: true,
    description:
      'The approver for whom the person decided, by a delegation; null when they decided for themselves, and once ' +
      'that approver has left the organisation.',
  })
  onBehalfOf!: Person | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The e-mail address of that approver when the person decided; null when they decided for themselves.',
  })
  onBehalfOfEmail!: string | null;

  @Field(() => [Role], { description: 'The roles in which the decision counts.' })
  roles!: RoleName[];

  @Field(() => Decision, { description: 'What the person decided.' })
  decision!: Verdict;

  @Field(() => String, { nullable: true, description: 'Why, in their own words.' })
  reason!: string | null;

  @Field(() => JsonScalar, {
    nullable: true,
    description:
      'The form as the person filled it in: an object with one entry a field. Null without a form.',
  })
  answers!: Json;

  @TimeField({ description: 'When.' })
  decidedAt!: string;
}

@ObjectType({ description: 'Why something cannot be done.' })
export class Hindrance {
  @Field(() => String, { description: 'A stable key, for programs.' })
  reason!: string;

  @Field(() => String, { description: 'The same in words.' })
  message!: string;
}

@ObjectType({ description: 'A request of a waiting run for the approval of people.' })
export class Approval {
  @GlobalIdField('Approval', { description: 'The id of the request.' })
  id!: string;

  @Field(() => ApprovalStatus, { description: 'Where the request stands.' })
  status!: Status;

  @Field(() => ApprovalClass, { description: 'How grave the action is.' })
  class!: Class;

  @Field(() => String, { description: 'What is asked for, in a line.' })
  title!: string;

  @Field(() => JsonScalar, { nullable: true, description: 'More about it, as the workflow gives it.' })
  details!: Json;

  @Field(() => JsonScalar, {
    description: 'Exactly what would happen. A decision is bound to it by its hash.',
  })
  plan!: Json;

  @Field(() => String, { description: 'The hash of the plan. A decision must name it.' })
  planHash!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The hash of what is asked for, whichever run asks: requests with the same one can be decided together.',
  })
  contentHash!: string | null;

  @Field(() => Int, {
    description: 'How many pending requests ask for exactly the same, this one included while it is pending.',
  })
  identicalPending!: number;

  @Field(() => [ApprovalFormField], {
    nullable: true,
    description: 'What an approver fills in; null when there is no form.',
  })
  form!: ApprovalFormField[] | null;

  @Field(() => AskingRun, { description: 'The run that asks.' })
  run!: AskingRun;

  @Field(() => String, { description: 'The path of the waiting step.' })
  path!: string;

  @Field(() => Person, { nullable: true, description: 'Whose action this is. They cannot decide it.' })
  requester!: Person | null;

  @Field(() => Approvers, { description: 'Who may decide.' })
  approvers!: Approvers;

  @Field(() => Int, { description: 'How many people must approve.' })
  quorum!: number;

  @Field(() => [ApprovalDecision], { description: 'What was decided so far.' })
  decisions!: ApprovalDecision[];

  @TimeField({ description: 'When the run asked.' })
  requestedAt!: string;

  @TimeField({ description: 'Until when it can be decided.' })
  expiresAt!: string;

  @TimeField({ nullable: true, description: 'When it was settled.' })
  closedAt!: string | null;

  @Field(() => Int, { description: 'How often approvers were reminded.' })
  reminders!: number;

  @TimeField({ nullable: true, description: 'When they were reminded last.' })
  remindedAt!: string | null;

  @Field(() => Approvers, {
    nullable: true,
    description: 'Who may decide besides from the escalation on; null when nobody is asked then.',
  })
  escalation!: Approvers | null;

  @TimeField({ nullable: true, description: 'When it was escalated, since nobody had decided.' })
  escalatedAt!: string | null;

  @Field(() => String, { nullable: true, description: 'What is still missing, in words; null once settled.' })
  missing!: string | null;

  @Field(() => Boolean, { description: 'Whether you can decide it now.' })
  canDecide!: boolean;

  @Field(() => Hindrance, {
    nullable: true,
    description: 'What keeps you from deciding it, if something does.',
  })
  whyNot!: Hindrance | null;
}
export const ApprovalConnection = connectionOf(Approval, 'Approval');

/** A request as clients see it. */
export function toApproval(view: ApprovalView): Approval {
  const { runId, workflowId, workflowName, plan, form, decisions, ...rest } = view;
  return {
    ...rest,
    plan: plan as unknown as Json,
    run: { id: runId, workflowId, workflowName },
    form: form?.map(toFormField) ?? null,
    decisions: decisions.map(({ verdict, personId: _id, onBehalfOfId: _other, ...decision }) => ({
      ...decision,
      decision: verdict,
    })),
  };
}

function toFormField({ options = [], required = false, maxLength, ...field }: FormField): ApprovalFormField {
  return { ...field, options, required, maxLength: maxLength ?? null };
}

@InputType({ description: 'Narrows the list of requests. All that is given must hold.' })
export class ApprovalFilter {
  @Field(() => ApprovalStatus, { nullable: true, description: 'With this status.' })
  status?: Status | null;

  @Field(() => ApprovalClass, { nullable: true, description: 'Of this class.' })
  class?: Class | null;

  @Field(() => ID, { nullable: true, description: 'Of this run.' })
  runId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of runs of this workflow.' })
  workflowId?: string | null;

  @Field(() => String, { nullable: true, description: 'Asking for exactly this, by its content hash.' })
  contentHash?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'True: only what you could decide now.' })
  waitingForMe?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'True: only what you asked for.' })
  requestedByMe?: boolean | null;
}
