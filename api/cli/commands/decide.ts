import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { graphql } from '../../client/index.ts';
import { printApproval, readApproval, type ShownApproval } from '../approval-view.ts';
import { CliError, EXIT, UsageError } from '../cli-error.ts';
import { addCommand } from '../command.ts';
import { confirm, isInteractive } from '../prompt.ts';
import { readJsonArgument } from '../read-argument.ts';
import type { Session } from '../session.ts';
import { plainText } from '../table.ts';

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

const DECIDE_ALL = graphql(`
  mutation DecideAll($input: DecideApprovalsInput!) {
    decideApprovals(input: $input) {
      approvalId
      reason
      message
      approval {
        title
        status
        missing
      }
    }
  }
`);

interface DecideOptions {
  reason?: string;
  hash?: string;
  answers?: string;
  yes?: boolean;
}

/** Adds `approve` and `deny`. */
export function addDecisionCommands(program: Command): void {
  addDecision(program, 'APPROVE', 'approve requests, each for the very plan that is printed');
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
      ['--answers <json>', 'the form of the request, filled in: JSON text or a file'],
      ['--yes', 'do not ask on a terminal; elsewhere nothing is asked'],
    ],
    examples: [
      `${name} approval_… --reason "Looked at the invoice"`,
      `${name} approval_… approval_… --reason "All of these"`,
    ],
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
  const { out } = session;
  const answers = options.answers === undefined ? null : readJsonArgument(options.answers, '--answers');
  if (answers !== null && ids.length > 1)
    throw new UsageError('answers_for_one', 'A form is filled in for one request at a time.');
  const approvals: ShownApproval[] = [];
  for (const id of ids) approvals.push(await readApproval(session, id));
  checkHashes(approvals, options.hash);
  const [first, ...others] = approvals;
  if (!first) return EXIT.usage;
  printApproval(out, first);
  for (const { id, title } of others) out.line(plainText(`And the same for: ${title} (${id})`));
  out.line();
  if (!options.yes && !out.json && isInteractive()) {
    if (!(await confirm(decision === 'APPROVE' ? 'Approve this?' : 'Deny this?'))) return EXIT.failed;
  }
  if (others.length > 0) return decideAll(session, decision, { approvals, options });
  const input = {
    approvalId: first.id,
    planHash: first.planHash,
    decision,
    reason: options.reason ?? null,
    answers,
  };
  const { decideApproval } = await session.request(DECIDE, { input });
  if (out.json) out.value({ items: [decideApproval], plan: first.plan });
  else out.line(outcomeText(decideApproval));
  return EXIT.done;
}

/** Only what was looked at is decided; several at once only where they ask for the very same. */
function checkHashes(approvals: ShownApproval[], hash: string | undefined): void {
  const other = approvals.find(({ planHash }) => hash !== undefined && planHash !== hash);
  if (other)
    throw new CliError(
      'plan_changed',
      `The plan of ${other.id} has the hash ${other.planHash}, not the one that you gave.`,
      `Look at it with "levqor approval ${other.id}".`,
    );
  const different = approvals.find(({ contentHash }) => contentHash !== approvals[0]?.contentHash);
  if (different)
    throw new UsageError(
      'plans_differ',
      `${different.id} ("${different.title}") asks for something else than the others.`,
      'Decide those together that ask for the same, and the others one by one.',
    );
}

async function decideAll(
  { out, request }: Session,
  decision: 'APPROVE' | 'DENY',
  { approvals, options }: { approvals: ShownApproval[]; options: DecideOptions },
): Promise<number> {
  const { decideApprovals: items } = await request(DECIDE_ALL, {
    input: {
      approvalIds: approvals.map(({ id }) => id),
      contentHash: approvals[0]?.contentHash ?? '',
      decision,
      reason: options.reason ?? null,
      idempotencyKey: randomUUID(),
    },
  });
  if (out.json) out.value({ items, plan: approvals[0]?.plan ?? null });
  for (const { approvalId, approval, message } of items)
    out.line(approval ? outcomeText(approval) : `${approvalId} was not decided: ${message ?? ''}`);
  return items.every(({ approval }) => approval !== null) ? EXIT.done : EXIT.failed;
}

function outcomeText({
  title,
  status,
  missing,
}: {
  title: string;
  status: string;
  missing: string | null;
}): string {
  return plainText(`${title}: ${status}${missing === null ? '.' : `; ${missing}`}`);
}
