import type { Db, Prisma } from '../../prisma/database.ts';
import type { TenantId, WorkflowId } from '../../workflows/ids.ts';
import type { Json } from '../../workflows/json.ts';
import type { OverlapPolicy, ScheduleSpec, ScheduleWanted } from '../../workflows/schedules/model.ts';
import { personIn, readPeople, type PersonSummary } from '../tenancy/index.ts';

/** A schedule as it is shown. Times are ISO 8601. */
export interface ScheduleView {
  id: string;
  workflowId: WorkflowId;
  workflowName: string;
  name: string;
  spec: ScheduleSpec;
  /** The input of each run. */
  input: Json;
  /** The version that is run; null runs the newest one. */
  version: number | null;
  overlap: OverlapPolicy;
  catchUpSeconds: number;
  /** `definition`: it is what the triggers of the newest published version say. */
  source: 'person' | 'definition';
  paused: { at: string; by: PersonSummary | null; reason: string | null } | null;
  createdAt: string;
  createdBy: PersonSummary | null;
  updatedAt: string;
  deletedAt: string | null;
}

/** A row of the table `schedule`. */
export type ScheduleRow = Prisma.ScheduleGetPayload<object>;

/** Makes the views of these rows, reading their people and workflows in one statement each. */
export async function scheduleViews(
  db: Db,
  tenantId: TenantId,
  rows: ScheduleRow[],
): Promise<(row: ScheduleRow) => ScheduleView> {
  const people = await readPeople(
    db,
    tenantId,
    rows.flatMap((row) => [row.createdBy, row.pausedBy]),
  );
  const workflows = await db.workflow.findMany({
    where: { tenantId, id: { in: rows.map((row) => row.workflowId) } },
    select: { id: true, name: true },
  });
  const names = new Map(workflows.map(({ id, name }) => [id, name]));
  return (row) => toView(row, names.get(row.workflowId) ?? '', people);
}

/** The view of one row. */
export async function scheduleView(db: Db, tenantId: TenantId, row: ScheduleRow): Promise<ScheduleView> {
  return (await scheduleViews(db, tenantId, [row]))(row);
}

/** What Temporal's schedule must be so that it does what the row says; null for a row that was deleted. */
export function wantedOf(row: ScheduleRow): ScheduleWanted | null {
  if (row.deletedAt !== null) return null;
  return {
    spec: specOf(row),
    overlap: row.overlap as OverlapPolicy,
    catchUpSeconds: row.catchUpSeconds,
    paused: row.pausedAt !== null,
    note: row.pausedAt === null ? row.name : (row.pauseReason ?? 'Paused'),
  };
}

function toView(row: ScheduleRow, workflowName: string, people: Map<string, PersonSummary>): ScheduleView {
  const { pausedAt, pausedBy, pauseReason } = row;
  return {
    id: row.id,
    workflowId: row.workflowId as WorkflowId,
    workflowName,
    name: row.name,
    spec: specOf(row),
    input: row.input as Json,
    version: row.version,
    overlap: row.overlap as OverlapPolicy,
    catchUpSeconds: row.catchUpSeconds,
    source: row.source as ScheduleView['source'],
    paused: pausedAt && {
      at: pausedAt.toISOString(),
      by: personIn(people, pausedBy),
      reason: pauseReason,
    },
    createdAt: row.createdAt.toISOString(),
    createdBy: personIn(people, row.createdBy),
    updatedAt: row.updatedAt.toISOString(),
    deletedAt: row.deletedAt?.toISOString() ?? null,
  };
}

/** Written by us, after `checkSpec`. */
export function specOf(row: { spec: Prisma.JsonValue }): ScheduleSpec {
  return row.spec as unknown as ScheduleSpec;
}
