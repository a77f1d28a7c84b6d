import type { Command } from 'commander';
import { graphql, type ResultOf } from '../../client/index.ts';
import { CliError, EXIT, UsageError } from '../cli-error.ts';
import { addCommand, type ListOptions } from '../command.ts';
import type { Output } from '../output.ts';
import { printList } from '../print-list.ts';
import { confirm, isInteractive } from '../prompt.ts';
import type { Session } from '../session.ts';
import { durationText } from '../times.ts';

const APPROVALS = graphql(`
  query Approvals($first: Int!, $after: String, $filter: ApprovalFilter) {
    approvals(first: $first, after: $after, filter: $filter) {
      edges {
        node {
          id
          title
          class
          status
          requestedAt
          expiresAt
          canDecide
          missing
          run {
            id
            workflowName
          }
          requester {
            email
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

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
        roles
        onBehalfOf {
          email
        }
      }
    }
  }
`);

const DECIDE = graphql(`
  mutation Decide($input: DecideApprovalInput!) {
    decideApproval(input: $input) {
      id
      title
      status
      missing
    }
  }
`);

type ShownApproval = NonNullable<ResultOf<typeof APPROVAL>['approval']>;

interface ListApprovals extends ListOptions {
  mine?: boolean;
  run?: string;
}

interface DecideOptions {
  reason?: string;
  hash?: string;
  yes?: boolean;
}

/** Adds `approvals`, `approval`, `approve` and `deny`. */
export function addApprovalCommands(program: Command): void {
  addCommand<ListApprovals>(program, {
    name: 'approvals',
    about: 'list the requests that wait for a decision',
    options: [
      ['--mine', 'only those that you could decide now'],
      ['--run <run>', 'only those of this run'],
      ['--all', 'the whole list, decided ones too'],
      ['--limit <number>', 'how many to show (25)'],
    ],
    run: async (session, { options }) => {
      const filter = {
        waitingForMe: options.mine ?? null,
        status: options.all ? null : ('PENDING' as const),
        runId: options.run ?? null,
      };
      return printList(session, options, {
        read: async (page) => (await session.request(APPROVALS, { ...page, filter })).approvals,
        columns: [
          { title: 'ID', value: ({ id }) => id },
          { title: 'CLASS', value: (one) => one.class },
          { title: 'STATUS', value: ({ status }) => status },
          { title: 'TITLE', value: ({ title }) => title },
          { title: 'WORKFLOW', value: ({ run }) => run.workflowName },
          { title: 'ASKED BY', value: ({ requester }) => requester?.email },
          { title: 'UNTIL', value: ({ expiresAt }) => session.out.time(expiresAt) },
          { title: 'MISSING', value: ({ missing }) => missing },
        ],
        empty: options.mine ? 'Nothing waits for you.' : 'Nothing waits for a decision.',
      });
    },
  });
  addCommand(program, {
    name: 'approval <id>',
    about: 'show a request: what exactly would happen, and who decided what',
    run: async (session, { args: [id = ''] }) => {
      const approval = await readApproval(session, id);
      if (session.out.json) return session.out.value(approval);
      printApproval(session.out, approval);
    },
  });
  addDecision(program, 'APPROVE', 'approve requests; a decision holds for the plan that is shown');
  addDecision(program, 'DENY', 'deny requests');
}

function addDecision(program: Command, decision: 'APPROVE' | 'DENY', about: string): void {
  const name = decision.toLowerCase();
  addCommand<DecideOptions>(program, {
    name: `${name} <ids...>`,
    about,
    options: [
      ['--reason <text>', decision === 'DENY' ? 'why not' : 'why; Class C needs it'],
      ['--hash <hash>', 'only if the plan still has this hash'],
      ['--yes', 'do not ask'],
    ],
    examples: [`${name} approval_… --reason "Looked at the invoice"`],
    run: async (session, { args: ids, options }) => {
      if (decision === 'DENY' && !options.reason)
        throw new UsageError('reason_missing', 'Say why not, with --reason.');
      return decide(session, decision, { ids, options });
    },
  });
}

async function decide(
  session: Session,
  decision: 'APPROVE' | 'DENY',
  { ids, options }: { ids: string[]; options: DecideOptions },
): Promise<number> {
  const { out, request } = session;
  const approvals = [];
  for (const id of ids) approvals.push(await readApproval(session, id));
  const other = approvals.find(({ planHash }) => options.hash !== undefined && planHash !== options.hash);
  if (other)
    throw new CliError(
      'plan_changed',
      `The plan of ${other.id} has the hash ${other.planHash}, not the one that you gave.`,
      `Look at it with "levqor approval ${other.id}".`,
    );
  if (!options.yes && !out.json && isInteractive()) {
    for (const approval of approvals) printApproval(out, approval);
    if (!(await confirm(decision === 'APPROVE' ? 'Approve this?' : 'Deny this?'))) return EXIT.failed;
  }
  const decided = [];
  for (const { id: approvalId, planHash } of approvals) {
    const input = { approvalId, planHash, decision, reason: options.reason ?? null };
    const { decideApproval } = await request(DECIDE, { input });
    decided.push(decideApproval);
    const { title, status, missing } = decideApproval;
    out.line(`${title}: ${status}${missing === null ? '.' : `; ${missing}`}`);
  }
  if (out.json) out.value({ items: decided });
  return EXIT.done;
}

async function readApproval({ request }: Session, id: string): Promise<ShownApproval> {
  const { approval } = await request(APPROVAL, { id });
  if (approval) return approval;
  throw new CliError('approval_not_found', `There is no request ${id}.`, '"levqor approvals" lists them.');
}

function printApproval(out: Output, approval: ShownApproval): void {
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
  ]);
}
