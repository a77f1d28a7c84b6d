import { graphql, type ResultOf } from '../client/index.ts';
import { CliError } from './cli-error.ts';
import type { Output } from './output.ts';
import type { Session } from './session.ts';
import { durationText } from './times.ts';

const APPROVAL = graphql(`
  query Approval($id: ID!) {
    approval(id: $id) {
      id
      title
      class
      status
      details
      plan
      planHash
      contentHash
      form {
        name
        label
        type
        options
        required
      }
      quorum
      missing
      canDecide
      whyNot {
        reason
        message
      }
      approvers {
        roles
        people
      }
      requestedAt
      expiresAt
      closedAt
      path
      run {
        id
        workflowName
      }
      requester {
        email
      }
      decisions {
        decision
        decidedAt
        personEmail
        reason
        answers
        roles
        onBehalfOf {
          email
        }
      }
    }
  }
`);

/** A request as it is shown. */
export type ShownApproval = NonNullable<ResultOf<typeof APPROVAL>['approval']>;

/** One request. Throws CliError `approval_not_found`. */
export async function readApproval({ request }: Session, id: string): Promise<ShownApproval> {
  const { approval } = await request(APPROVAL, { id });
  if (approval) return approval;
  throw new CliError('approval_not_found', `There is no request ${id}.`, '"levqor approvals" lists them.');
}

/** Prints a request: what would happen, who may decide, who did. */
export function printApproval(out: Output, approval: ShownApproval): void {
  const { approvers, run, whyNot } = approval;
  out.title(approval.title);
  out.facts([
    ['Id', approval.id],
    ['Class', approval.class],
    ['Status', approval.status],
    ['Missing', approval.missing],
    ['Asked by', approval.requester?.email],
    ['Asked at', out.time(approval.requestedAt)],
    ['Until', out.time(approval.expiresAt)],
    ['Settled', out.time(approval.closedAt)],
    ['Run', `${run.id} (${run.workflowName}, step ${approval.path})`],
    ['May decide', [...approvers.roles, ...approvers.people].join(', ')],
    ['You', approval.canDecide ? 'can decide it' : (whyNot?.message ?? '')],
    ['Plan hash', approval.planHash],
  ]);
  if (approval.details !== null) out.line(`\nDetails:\n${JSON.stringify(approval.details, null, 2)}`);
  if (approval.form) {
    out.line('\nTo be filled in with --answers:');
    out.table(approval.form, [
      { title: 'FIELD', value: ({ name }) => name },
      { title: 'WHAT', value: ({ label }) => label },
      { title: 'TYPE', value: ({ type, options }) => [type, ...options].join(' ') },
      { title: 'NEEDED', value: ({ required }) => (required ? 'yes' : '') },
    ]);
  }
  out.line(`\nThe plan:\n${JSON.stringify(approval.plan, null, 2)}`);
  if (approval.decisions.length === 0) return;
  out.line();
  out.table(approval.decisions, [
    { title: 'DECIDED', value: ({ decision }) => decision },
    { title: 'BY', value: ({ personEmail }) => personEmail },
    { title: 'FOR', value: ({ onBehalfOf }) => onBehalfOf?.email },
    { title: 'AT', value: ({ decidedAt }) => out.time(decidedAt) },
    {
      title: 'AFTER',
      value: ({ decidedAt }) =>
        durationText((Date.parse(decidedAt) - Date.parse(approval.requestedAt)) / 1000),
    },
    { title: 'REASON', value: ({ reason }) => reason },
    { title: 'ANSWERS', value: ({ answers }) => (answers === null ? '' : JSON.stringify(answers)) },
  ]);
}
