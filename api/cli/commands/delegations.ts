import type { Command } from 'commander';
import { graphql } from '../../client/index.ts';
import { EXIT, UsageError } from '../cli-error.ts';
import { addCommand, LIST_OPTIONS, type ListOptions } from '../command.ts';
import { confirmChange, YES_OPTION } from '../confirm-change.ts';
import { findPerson } from '../find-person.ts';
import { printList } from '../print-list.ts';
import { readChoice, readTime } from '../read-argument.ts';
import type { Session } from '../session.ts';
import { durationText } from '../times.ts';

const DELEGATE = graphql(`
  mutation Delegate($input: DelegateApprovalsInput!) {
    delegateApprovals(input: $input) {
      id
      startsAt
      endsAt
      to {
        name
        email
      }
    }
  }
`);

const REVOKE = graphql(`
  mutation RevokeDelegation($input: RevokeDelegationInput!) {
    revokeDelegation(input: $input) {
      id
      revokedAt
    }
  }
`);

const DELEGATIONS = graphql(`
  query Delegations($first: Int!, $after: String) {
    approvalDelegations(first: $first, after: $after) {
      edges {
        node {
          id
          startsAt
          endsAt
          revokedAt
          inForce
          reason
          from {
            email
          }
          to {
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

const ANALYTICS = graphql(`
  query Analytics($from: DateTime!, $to: DateTime!, $groupBy: ApprovalGrouping) {
    approvalAnalytics(from: $from, to: $to, groupBy: $groupBy) {
      from
      to
      all {
        ...Figures
      }
      groups {
        by
        key
        label
        figures {
          ...Figures
        }
      }
      bottlenecks {
        role
        email
        open
        medianSeconds
        longestSeconds
        oldestRequestedAt
      }
    }
  }
  fragment Figures on ApprovalFigures {
    requested
    approved
    denied
    expired
    withdrawn
    medianSeconds
    p95Seconds
    selfApprovalsRefused
  }
`);

const GROUPS = ['WEEK', 'WORKFLOW', 'APPROVER', 'CLASS'] as const;
const DAY_MS = 86_400_000;

/** Adds `delegate`, `delegations`, `delegation …` and `analytics`. */
export function addDelegationCommands(program: Command): void {
  addCommand<{ to?: string; from?: string; until?: string; reason?: string }>(program, {
    name: 'delegate',
    about: 'let one other person decide approvals for you for a period',
    options: [
      ['--to <email>', 'who may decide for you'],
      ['--until <time>', 'until when; at most 90 days'],
      ['--from <time>', 'from when on (now)'],
      ['--reason <text>', 'why'],
    ],
    examples: ['delegate --to ada@example.com --until 2026-12-24 --reason "On leave"'],
    run: async (session, { options: { to, until, from, reason } }) => {
      if (!to || !until)
        throw new UsageError('option_missing', 'Say to whom with --to, and until when with --until.');
      const input = {
        toPersonId: await findPerson(session, to),
        until: readTime(until, '--until'),
        from: from === undefined ? null : readTime(from, '--from'),
        reason: reason ?? null,
      };
      const { delegateApprovals: made } = await session.request(DELEGATE, { input });
      const { out } = session;
      if (out.json) return out.value(made);
      out.line(
        `${made.to?.name ?? to} decides for you from ${out.time(made.startsAt)} until ${out.time(made.endsAt)}.`,
      );
    },
  });
  addLooks(program);
}

function addLooks(program: Command): void {
  addCommand<ListOptions>(program, {
    name: 'delegations',
    about: 'who decides approvals for whom',
    examples: ['delegations'],
    options: LIST_OPTIONS,
    run: async (session, { options }) =>
      printList(session, options, {
        read: async (page) => (await session.request(DELEGATIONS, page)).approvalDelegations,
        columns: [
          { title: 'FROM', value: ({ from }) => from?.email ?? 'somebody who left' },
          { title: 'TO', value: ({ to }) => to?.email ?? 'somebody who left' },
          { title: 'BEGINS', value: ({ startsAt }) => session.out.time(startsAt) },
          { title: 'ENDS', value: ({ endsAt }) => session.out.time(endsAt) },
          {
            title: 'STANDS',
            value: ({ inForce, revokedAt }) => (inForce ? 'active' : revokedAt ? 'revoked' : 'not now'),
          },
          { title: 'REASON', value: ({ reason }) => reason },
          { title: 'ID', value: ({ id }) => id },
        ],
        empty: 'Nobody decides for anybody else.',
      }),
  });
  addRevoke(program);
  addAnalytics(program);
}

function addRevoke(program: Command): void {
  const delegation = program.command('delegation').description('take back the power to decide for you');
  addCommand<{ yes?: boolean }>(delegation, {
    name: 'revoke <id>',
    about: 'end a delegation now; what was decided stays',
    options: [YES_OPTION],
    examples: ['delegation revoke delegation_… --yes'],
    run: async (session, { args: [id = ''], options }) => {
      const change = { question: `Revoke ${id}?`, undone: 'revoked' };
      if (!(await confirmChange(session, options, change))) return EXIT.failed;
      const { revokeDelegation } = await session.request(REVOKE, { input: { id } });
      if (session.out.json) session.out.value(revokeDelegation);
      else session.out.line(`${id} is revoked.`);
      return EXIT.done;
    },
  });
}

function addAnalytics(program: Command): void {
  addCommand<{ from?: string; to?: string; by?: string }>(program, {
    name: 'analytics',
    about: 'how approvals go: counts, waiting times, where they are stuck',
    examples: ['analytics', 'analytics --by week --from 2026-09-01'],
    options: [
      ['--from <time>', 'the beginning of the period (30 days ago)'],
      ['--to <time>', 'its end (now)'],
      ['--by <group>', 'week, workflow, approver or class'],
    ],
    run: async (session, { options }) => showAnalytics(session, options),
  });
}

async function showAnalytics(
  session: Session,
  { from, to, by }: { from?: string; to?: string; by?: string },
): Promise<void> {
  const end = to === undefined ? new Date().toISOString() : readTime(to, '--to');
  const variables = {
    to: end,
    from:
      from === undefined ? new Date(Date.parse(end) - 30 * DAY_MS).toISOString() : readTime(from, '--from'),
    groupBy: by === undefined ? null : readChoice(by, GROUPS, '--by'),
  };
  const { approvalAnalytics: found } = await session.request(ANALYTICS, variables);
  const { out } = session;
  if (out.json) return out.value(found);
  out.title(`Approvals from ${out.time(found.from)} to ${out.time(found.to)}`);
  const all = { by: '', label: 'All', figures: found.all };
  out.table(
    [all, ...found.groups],
    [
      { title: 'BY', value: (group) => group.by.toLowerCase() },
      { title: 'GROUP', value: ({ label }) => label },
      { title: 'ASKED', value: ({ figures }) => figures.requested },
      { title: 'APPROVED', value: ({ figures }) => figures.approved },
      { title: 'DENIED', value: ({ figures }) => figures.denied },
      { title: 'EXPIRED', value: ({ figures }) => figures.expired },
      { title: 'HALF WITHIN', value: ({ figures }) => durationText(figures.medianSeconds) },
      { title: '95 % WITHIN', value: ({ figures }) => durationText(figures.p95Seconds) },
      { title: 'OWN, REFUSED', value: ({ figures }) => figures.selfApprovalsRefused },
    ],
  );
  if (found.bottlenecks.length === 0) return;
  out.line('\nWhere they wait now:');
  out.table(found.bottlenecks, [
    { title: 'FOR', value: ({ role, email }) => email ?? role },
    { title: 'OPEN', value: ({ open }) => open },
    { title: 'LONGEST', value: ({ longestSeconds }) => durationText(longestSeconds) },
    { title: 'SINCE', value: ({ oldestRequestedAt }) => out.time(oldestRequestedAt) },
  ]);
}
