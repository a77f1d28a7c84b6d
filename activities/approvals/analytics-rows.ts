import type { Db } from '../../prisma/database.ts';
import type { TenantId } from '../../workflows/ids.ts';

/** What a figure is about: all, or one class, workflow, approver or week. */
export type Dimension = 'ALL' | 'CLASS' | 'WORKFLOW' | 'APPROVER' | 'WEEK';

/** Whose figures, and of which time: from the first moment up to, and without, the second. */
export interface Span {
  tenantId: TenantId;
  from: Date;
  to: Date;
}

/** A group's place: `key` is a class, an id of a workflow or person, or a week such as `2026-W48`; null for all. */
interface Place {
  by: Dimension;
  key: string | null;
}

/** The requests made in the period. Times in seconds; null when nobody decided any. */
export interface RequestRow extends Place {
  /** The name of the workflow. */
  name: string | null;
  requested: number;
  approved: number;
  denied: number;
  expired: number;
  withdrawn: number;
  reminders: number;
  escalated: number;
  medianSeconds: number | null;
  p95Seconds: number | null;
}

/** What one person decided of the requests made in the period. */
export interface ApproverRow {
  key: string;
  email: string;
  approved: number;
  denied: number;
  medianSeconds: number;
  p95Seconds: number;
}

/** Attempts in the period to approve one's own. */
export interface AttemptRow extends Place {
  /** The name of the workflow, or the address of the person. */
  name: string | null;
  refused: number;
}

/** Who the open requests wait for now. */
export interface BottleneckRow {
  role: string | null;
  email: string | null;
  open: number;
  oldestRequestedAt: Date;
  medianSeconds: number;
}

/** Requests by class, workflow and week, and all. Class A, which nobody decides, has no waiting time. */
export function readRequests(db: Db, { tenantId, from, to }: Span): Promise<RequestRow[]> {
  return db.$queryRaw`
    WITH asked AS (
      SELECT class, workflow_id, status, requested_at, reminders, escalated_at,
        to_char(requested_at AT TIME ZONE 'UTC', 'IYYY-"W"IW') AS week,
        CASE WHEN status IN ('APPROVED', 'DENIED') AND quorum > 0
          THEN extract(epoch FROM closed_at - requested_at)::float8 END AS seconds
      FROM approval WHERE tenant_id = ${tenantId}::uuid AND requested_at >= ${from} AND requested_at < ${to}
    )
    SELECT CASE WHEN grouping(class) = 0 THEN 'CLASS' WHEN grouping(workflow_id) = 0 THEN 'WORKFLOW'
        WHEN grouping(week) = 0 THEN 'WEEK' ELSE 'ALL' END AS by,
      coalesce(class, workflow_id::text, week) AS key,
      (SELECT w.name FROM workflow w WHERE w.tenant_id = ${tenantId}::uuid AND w.id = workflow_id) AS name,
      count(*)::int AS requested,
      count(*) FILTER (WHERE status = 'APPROVED')::int AS approved,
      count(*) FILTER (WHERE status = 'DENIED')::int AS denied,
      count(*) FILTER (WHERE status = 'EXPIRED')::int AS expired,
      count(*) FILTER (WHERE status = 'WITHDRAWN')::int AS withdrawn,
      coalesce(sum(reminders), 0)::int AS reminders,
      count(escalated_at)::int AS escalated,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS "medianSeconds",
      percentile_cont(0.95) WITHIN GROUP (ORDER BY seconds) AS "p95Seconds"
    FROM asked GROUP BY GROUPING SETS ((), (class), (workflow_id), (week))
    ORDER BY by, requested DESC, key`;
}

/** Decisions by approver: the wait is from the request to that person's own decision. */
export function readApprovers(db: Db, { tenantId, from, to }: Span): Promise<ApproverRow[]> {
  return db.$queryRaw`
    SELECT d.person_id::text AS key, (array_agg(d.person_email ORDER BY d.decided_at DESC))[1] AS email,
      count(*) FILTER (WHERE d.verdict = 'APPROVE')::int AS approved,
      count(*) FILTER (WHERE d.verdict = 'DENY')::int AS denied,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM d.decided_at - a.requested_at)::float8)
        AS "medianSeconds",
      percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM d.decided_at - a.requested_at)::float8)
        AS "p95Seconds"
    FROM approval a JOIN approval_decision d ON d.tenant_id = a.tenant_id AND d.approval_id = a.id
    WHERE a.tenant_id = ${tenantId}::uuid AND a.requested_at >= ${from} AND a.requested_at < ${to}
    GROUP BY d.person_id ORDER BY count(*) DESC, key`;
}

/** Refused self-approvals, from the audit rows of the period. */
export function readAttempts(db: Db, { tenantId, from, to }: Span): Promise<AttemptRow[]> {
  return db.$queryRaw`
    WITH tried AS (
      SELECT a.class, a.workflow_id, e.actor ->> 'personId' AS person_id, e.actor ->> 'email' AS email, e.at,
        to_char(e.at AT TIME ZONE 'UTC', 'IYYY-"W"IW') AS week
      FROM audit_event e JOIN approval a ON a.tenant_id = e.tenant_id AND a.id::text = e.target
      WHERE e.tenant_id = ${tenantId}::uuid AND e.action = 'approval.refused'
        AND e.details ->> 'reason' = 'self_approval' AND e.at >= ${from} AND e.at < ${to}
    )
    SELECT CASE WHEN grouping(class) = 0 THEN 'CLASS' WHEN grouping(workflow_id) = 0 THEN 'WORKFLOW'
        WHEN grouping(person_id) = 0 THEN 'APPROVER' WHEN grouping(week) = 0 THEN 'WEEK' ELSE 'ALL' END AS by,
      coalesce(class, workflow_id::text, person_id, week) AS key,
      CASE WHEN grouping(person_id) = 0 THEN (array_agg(email ORDER BY at DESC))[1]
        ELSE (SELECT w.name FROM workflow w WHERE w.tenant_id = ${tenantId}::uuid AND w.id = workflow_id) END AS name,
      count(*)::int AS refused
    FROM tried GROUP BY GROUPING SETS ((), (class), (workflow_id), (person_id), (week))
    ORDER BY by, refused DESC, key`;
}

/** The most that are named. */
const MOST_BOTTLENECKS = 10;

/**
 * The roles and named people for whom the most open requests wait at `now`, the longest waiting first among equals. A
 * role or person that has decided a request already is not waited for there.
 */
export function readBottlenecks(
  db: Db,
  { tenantId, now }: { tenantId: TenantId; now: Date },
): Promise<BottleneckRow[]> {
  return db.$queryRaw`
    WITH open AS (
      SELECT a.requested_at, made.roles, made.emails,
        ARRAY(SELECT unnest(a.approver_roles) UNION SELECT jsonb_array_elements_text(further.who -> 'roles'))
          AS approver_roles,
        ARRAY(SELECT unnest(a.approver_people) UNION SELECT jsonb_array_elements_text(further.who -> 'people'))
          AS approver_people
      FROM approval a CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(DISTINCT role) FILTER (WHERE role IS NOT NULL), '{}') AS roles,
          coalesce(array_agg(DISTINCT lower(d.person_email)) FILTER (WHERE d.person_email IS NOT NULL), '{}') AS emails
        FROM approval_decision d LEFT JOIN LATERAL unnest(d.roles) AS role ON true
        WHERE d.tenant_id = a.tenant_id AND d.approval_id = a.id
      ) made
      CROSS JOIN LATERAL (SELECT CASE WHEN a.escalated_at IS NOT NULL THEN a.escalation END AS who) further
      WHERE a.tenant_id = ${tenantId}::uuid AND a.status = 'PENDING' AND a.expires_at > ${now}
    ), waited AS (
      SELECT role, NULL AS email, requested_at FROM open, unnest(approver_roles) AS role WHERE role <> ALL (roles)
      UNION ALL
      SELECT NULL, email, requested_at FROM open, unnest(approver_people) AS email WHERE email <> ALL (emails)
    )
    SELECT role, email, count(*)::int AS open, min(requested_at) AS "oldestRequestedAt",
      percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ${now}::timestamptz - requested_at)::float8)
        AS "medianSeconds"
    FROM waited GROUP BY role, email
    ORDER BY open DESC, "oldestRequestedAt", role, email LIMIT ${MOST_BOTTLENECKS}`;
}
