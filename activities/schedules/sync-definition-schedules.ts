import { randomUUID } from 'node:crypto';
import { Prisma } from '../../prisma/database.ts';
import type { Flow } from '../../workflows/definitions/index.ts';
import { canonicalJson, type Json } from '../../workflows/json.ts';
import {
  DEFAULT_CATCH_UP_SECONDS,
  type OverlapPolicy,
  type ScheduleSpec,
} from '../../workflows/schedules/model.ts';
import { personOf } from '../context.ts';
import type { RunTools } from '../verb.ts';
import { changeSchedule } from './change-schedule.ts';
import { checkRoom } from './check-room.ts';
import { EMPTY_SPEC } from './schedule-fields.ts';
import { specOf, wantedOf, type ScheduleRow } from './schedule-view.ts';

/** What of a schedule a trigger decides. A pause is a person's, and stays. */
interface Triggered {
  name: string;
  spec: ScheduleSpec;
  input: Json;
  overlap: OverlapPolicy;
  catchUpSeconds: number;
}

/**
 * Makes the schedules that come from a workflow's definition what the triggers of its newest version say. `flow` null is
 * a workflow that was archived: then all of its schedules end. The caller holds the workflow's lock. Throws LIMIT_EXCEEDED
 * `too_many_schedules`.
 */
export async function syncDefinitionSchedules(
  tools: RunTools,
  { workflowId, flow }: { workflowId: string; flow: Flow | null },
): Promise<void> {
  const { db, tenantId } = tools;
  await db.$queryRaw`SELECT id FROM schedule WHERE tenant_id = ${tenantId}::uuid AND workflow_id = ${workflowId}::uuid
    ORDER BY id FOR UPDATE`;
  const rows = await db.schedule.findMany({
    where: { tenantId, workflowId, deletedAt: null, ...(flow ? { source: 'definition' } : {}) },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  const { kept, added, gone } = match(rows, flow ? triggersOf(flow) : []);
  await checkRoom(db, tenantId, added.length - gone.length);
  for (const row of gone) await changeSchedule(tools, row, { deletedAt: new Date() });
  for (const [row, wanted] of kept)
    if (!isSame(row, wanted)) await changeSchedule(tools, row, columnsOf(wanted));
  for (const wanted of added) await add(tools, workflowId, wanted);
}

function triggersOf(flow: Flow): Triggered[] {
  return (flow.triggers ?? []).flatMap((trigger) => {
    if (trigger.kind !== 'schedule') return [];
    const { cron, timeZone = 'UTC', overlap = 'skip', input = {} } = trigger;
    const { jitterSeconds = 0, catchUpSeconds = DEFAULT_CATCH_UP_SECONDS } = trigger;
    const spec = { ...EMPTY_SPEC, crons: [cron.trim()], timeZone, jitterSeconds };
    return [{ name: `${cron.trim()} ${timeZone}`, spec, input, overlap, catchUpSeconds }];
  });
}

/** Pairs triggers with schedules of the same times first, then the rest in order, so that pauses and runs stay with theirs. */
function match(rows: ScheduleRow[], triggers: Triggered[]) {
  const left = [...rows];
  const kept: [ScheduleRow, Triggered][] = [];
  const take = (wanted: Triggered, fits: (row: ScheduleRow) => boolean) => {
    const row = left.find(fits);
    if (!row) return false;
    left.splice(left.indexOf(row), 1);
    kept.push([row, wanted]);
    return true;
  };
  const changed = triggers.filter((wanted) => !take(wanted, (row) => row.name === wanted.name));
  const added = changed.filter((wanted) => !take(wanted, () => true));
  return { kept, added, gone: left };
}

function isSame(row: ScheduleRow, wanted: Triggered): boolean {
  const { name, input, overlap, catchUpSeconds } = row;
  return (
    textOf({ name, spec: specOf(row), input: input as Json, overlap, catchUpSeconds }) === textOf(wanted)
  );
}

function textOf(part: object): string {
  return canonicalJson(JSON.parse(JSON.stringify(part)) as Json);
}

function columnsOf({ spec, input, ...rest }: Triggered) {
  return {
    ...rest,
    spec: spec as unknown as Prisma.InputJsonObject,
    input: input ?? Prisma.JsonNull,
  };
}

async function add({ db, tenantId, actor, enqueue }: RunTools, workflowId: string, wanted: Triggered) {
  const row = await db.schedule.create({
    data: {
      ...{ tenantId, id: randomUUID(), workflowId },
      ...columnsOf(wanted),
      source: 'definition',
      createdBy: personOf(actor),
    },
  });
  await enqueue({ kind: 'syncSchedule', scheduleId: row.id, wanted: wantedOf(row) });
}
