import type { ApprovalMail } from '../../workflows/approvals/model.ts';
import type { PersonSummary } from '../tenancy/index.ts';
import { termsOf, type ApprovalRow } from './approval-row.ts';

/** What a letter says besides what the request says. `link` is null where there is nothing to decide. */
interface Occasion {
  kind: ApprovalMail['kind'];
  number: number;
  link: string | null;
  requester: PersonSummary | null;
}

/** Letters beyond this length are cut in the subject of a mail. */
const LONGEST_SUBJECT = 180;

const RULES = {
  A: 'A: runs by itself',
  B: 'B: one person must approve',
  C: 'C: two people with different roles must approve, each with a reason',
} as const;

/** Subject and plain text of a mail about a request. Nothing in the subject can begin another header. */
export function letterOf(row: ApprovalRow, occasion: Occasion): { subject: string; text: string } {
  const subject = `${headingOf(row, occasion)}: ${row.title}`.replace(/[\p{Cc}\s]+/gu, ' ');
  const letters = Array.from(subject);
  return {
    subject:
      letters.length <= LONGEST_SUBJECT ? subject : `${letters.slice(0, LONGEST_SUBJECT - 1).join('')}…`,
    text: `${linesOf(row, occasion).join('\n')}\n`,
  };
}

function headingOf(row: ApprovalRow, { kind, number }: Occasion): string {
  switch (kind) {
    case 'request':
      return `Please decide (Class ${row.class})`;
    case 'reminder':
      return `Reminder ${number}: please decide (Class ${row.class})`;
    case 'escalation':
      return `Nobody has decided yet, please do (Class ${row.class})`;
    case 'withdrawal':
      return 'No longer needed';
    case 'outcome':
      return HEADINGS[row.status as keyof typeof HEADINGS] ?? 'Changed';
  }
}

const HEADINGS = {
  APPROVED: 'Approved',
  DENIED: 'Denied',
  EXPIRED: 'Not decided in time',
  WITHDRAWN: 'Withdrawn',
} as const;

function linesOf(row: ApprovalRow, occasion: Occasion): string[] {
  if (occasion.kind === 'outcome') return outcomeLines(row);
  return occasion.kind === 'withdrawal' ? withdrawalLines(row) : requestLines(row, occasion);
}

function withdrawalLines(row: ApprovalRow): string[] {
  const { workflow } = termsOf(row).plan;
  return [
    row.title,
    '',
    'You were asked to decide this. The request was withdrawn, so there is nothing left to decide, and the links in',
    'earlier mails about it do nothing any more.',
    '',
    `Workflow: ${workflow.name}, version ${workflow.version}`,
  ];
}

function requestLines(row: ApprovalRow, { link, requester }: Occasion): string[] {
  const { plan, class: kind, expiresAt } = termsOf(row);
  const after = plan.guards.map((guard) => `  - ${guard.summary} (Class ${guard.class})`);
  return [
    row.title,
    '',
    ...(plan.details === null ? [] : [detailsText(plan.details), '']),
    'What goes on once this is approved:',
    ...(after.length > 0 ? after : ['  - the next steps of the workflow, which change nothing outside']),
    '',
    `Class ${RULES[kind]}`,
    `Workflow: ${plan.workflow.name}, version ${plan.workflow.version}`,
    `Asked for by: ${requester === null ? 'nobody in person' : `${requester.name} <${requester.email}>`}`,
    `Decide until: ${timeText(expiresAt)}`,
    '',
    'Look at it and decide here:',
    link ?? '',
    '',
    'This link is yours alone: whoever has it decides in your name. It works once. Do not forward this mail.',
  ];
}

function outcomeLines(row: ApprovalRow): string[] {
  const heading = HEADINGS[row.status as keyof typeof HEADINGS] ?? 'Changed';
  return [
    `${heading}: ${row.title}`,
    '',
    ...row.decisions.map(
      ({ personEmail, verdict, reason, decidedAt }) =>
        `- ${personEmail} ${verdict === 'APPROVE' ? 'approved' : 'denied'} this on ` +
        `${timeText(decidedAt.toISOString())}${reason === null ? '.' : `: ${reason}`}`,
    ),
    ...(row.decisions.length === 0 ? ['Nobody decided.'] : []),
  ];
}

function detailsText(details: unknown): string {
  const text = typeof details === 'string' ? details : JSON.stringify(details, null, 2);
  return text.length <= 4_000 ? text : `${text.slice(0, 4_000)}…`;
}

const timeText = (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
