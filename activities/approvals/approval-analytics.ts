import { z } from 'zod';
import { DomainError } from '../../workflows/errors.ts';
import type { Role } from '../../workflows/tenancy/model.ts';
import { query } from '../query.ts';
import {
  readApprovers,
  readAttempts,
  readBottlenecks,
  readRequests,
  type ApproverRow,
  type AttemptRow,
  type BottleneckRow,
  type Dimension,
  type RequestRow,
} from './analytics-rows.ts';

/** By what the figures can be divided. */
export const ANALYTICS_GROUPS = ['CLASS', 'WORKFLOW', 'APPROVER', 'WEEK'] as const;
export type AnalyticsGroup = (typeof ANALYTICS_GROUPS)[number];

/**
 * Counts and waiting times. Requests count in the period in which they were made, attempts in that in which they
 * happened. Times are seconds from the request to the decision; null when there is nothing to measure. Of one approver
 * only what that person decided is known, so the other counts are null there.
 */
export interface ApprovalFigures {
  requested: number | null;
  approved: number;
  denied: number;
  expired: number | null;
  withdrawn: number | null;
  /** How often approvers were reminded, and how many requests were escalated. */
  reminders: number | null;
  escalated: number | null;
  medianSeconds: number | null;
  p95Seconds: number | null;
  selfApprovalsRefused: number;
}

/** The figures of one class, workflow, approver or ISO week (UTC, `2026-W48`). */
export interface ApprovalFiguresOf {
  by: AnalyticsGroup;
  /** The class, the id of the workflow or person, or the week. */
  key: string;
  /** The same for people: the name of the workflow, the address of the person. */
  label: string;
  figures: ApprovalFigures;
}

/** Somebody for whom open requests wait: a role, or a person named by address. Times are ISO 8601. */
export interface Bottleneck {
  role: Role | null;
  email: string | null;
  open: number;
  oldestRequestedAt: string;
  longestSeconds: number;
  medianSeconds: number;
}

export interface ApprovalAnalytics {
  from: string;
  to: string;
  all: ApprovalFigures;
  groups: ApprovalFiguresOf[];
  /** As it is now, whatever the period; the worst first. */
  bottlenecks: Bottleneck[];
}

const LONGEST_DAYS = 400;
const timeField = z.date().min(new Date('2000-01-01')).max(new Date('9999-01-01'));

/**
 * How approvals went from `from` up to, and without, `to`; with `groupBy` only by that. A constant number of
 * statements. Throws INVALID `period_invalid`, `period_too_long` (400 days).
 */
export const approvalAnalytics = query({
  permission: 'approvals.read',
  input: z.strictObject({ from: timeField, to: timeField, groupBy: z.enum(ANALYTICS_GROUPS).nullish() }),
  run: async ({ db, tenantId }, { from, to, groupBy }): Promise<ApprovalAnalytics> => {
    checkPeriod(from, to);
    const now = new Date();
    const span = { tenantId, from, to };
    const requests = await readRequests(db, span);
    const approvers = await readApprovers(db, span);
    const attempts = await readAttempts(db, span);
    const bottlenecks = await readBottlenecks(db, { tenantId, now });
    const groups = groupsOf({ requests, approvers, attempts });
    const total = requests.find((row) => row.by === 'ALL');
    return {
      from: from.toISOString(),
      to: to.toISOString(),
      all: {
        ...(total ? figuresOf(total) : NOTHING),
        selfApprovalsRefused: refusedIn(attempts, 'ALL', null),
      },
      groups: groups.filter(({ by }) => !groupBy || by === groupBy),
      bottlenecks: bottlenecks.map((row) => toBottleneck(row, now)),
    };
  },
});

function checkPeriod(from: Date, to: Date): void {
  const length = to.getTime() - from.getTime();
  if (length <= 0) throw invalid('period_invalid', 'choose a time after from.');
  if (length > LONGEST_DAYS * 86_400_000)
    throw invalid('period_too_long', `choose a period of at most ${LONGEST_DAYS} days.`);
}

function invalid(reason: string, text: string): DomainError {
  return new DomainError('INVALID', reason, `to: ${text}`, { field: 'to' });
}

const NOTHING: ApprovalFigures = {
  requested: 0,
  approved: 0,
  denied: 0,
  expired: 0,
  withdrawn: 0,
  reminders: 0,
  escalated: 0,
  medianSeconds: null,
  p95Seconds: null,
  selfApprovalsRefused: 0,
};
/** An approver who decided nothing. */
const UNKNOWN: ApprovalFigures = {
  ...NOTHING,
  ...{ requested: null, expired: null, withdrawn: null, reminders: null, escalated: null },
};

interface Rows {
  requests: RequestRow[];
  approvers: ApproverRow[];
  attempts: AttemptRow[];
}

// Somebody may have tried in a week, or on a workflow, in which nothing else happened.
function groupsOf({ requests, approvers, attempts }: Rows): ApprovalFiguresOf[] {
  const groups = new Map<string, ApprovalFiguresOf>();
  const add = (
    by: Dimension,
    key: string | null,
    group: { name: string | null; figures: ApprovalFigures },
  ) => {
    if (by === 'ALL' || key === null || groups.has(`${by} ${key}`)) return;
    const figures = { ...group.figures, selfApprovalsRefused: refusedIn(attempts, by, key) };
    groups.set(`${by} ${key}`, { by, key, label: group.name ?? key, figures });
  };
  for (const row of requests) add(row.by, row.key, { name: row.name, figures: figuresOf(row) });
  for (const { key, email: name, ...row } of approvers)
    add('APPROVER', key, { name, figures: { ...UNKNOWN, ...row } });
  for (const { by, key, name } of attempts)
    add(by, key, { name, figures: by === 'APPROVER' ? UNKNOWN : NOTHING });
  return [...groups.values()].sort(inOrder);
}

/** Classes and weeks rise; workflows and approvers stay with the most used first. */
function inOrder(one: ApprovalFiguresOf, other: ApprovalFiguresOf): number {
  const group = ANALYTICS_GROUPS.indexOf(one.by) - ANALYTICS_GROUPS.indexOf(other.by);
  if (group !== 0 || one.by === 'WORKFLOW' || one.by === 'APPROVER') return group;
  return one.key < other.key ? -1 : 1;
}

function figuresOf({ by: _by, key: _key, name: _name, ...counts }: RequestRow): ApprovalFigures {
  return { ...counts, selfApprovalsRefused: 0 };
}

function refusedIn(attempts: AttemptRow[], by: Dimension, key: string | null): number {
  return attempts.find((row) => row.by === by && row.key === key)?.refused ?? 0;
}

function toBottleneck({ role, oldestRequestedAt, ...row }: BottleneckRow, now: Date): Bottleneck {
  return {
    ...row,
    role: role as Role | null,
    oldestRequestedAt: oldestRequestedAt.toISOString(),
    longestSeconds: (now.getTime() - oldestRequestedAt.getTime()) / 1_000,
  };
}
