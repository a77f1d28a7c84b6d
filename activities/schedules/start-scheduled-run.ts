import { z } from 'zod';
import type { Database, Db } from '../../prisma/database.ts';
import type { Keyring } from '../../temporal/keyring.ts';
import { DomainError } from '../../workflows/errors.ts';
import type { PersonId, RunId } from '../../workflows/ids.ts';
import type { Json } from '../../workflows/json.ts';
import type { LaunchStage } from '../../workflows/launch-stage.ts';
import type { RunKey } from '../../workflows/runs/activities.ts';
import type { ScheduledRun, StartScheduledRunInput } from '../../workflows/schedules/activities.ts';
import { uuidOf } from '../../workflows/sha256.ts';
import type { Ctx, Dispatcher } from '../context.ts';
import { idField } from '../input-fields.ts';
import { beginRun, type RunRef } from '../runs/index.ts';
import { verb } from '../verb.ts';
import { findSchedule } from './find-schedule.ts';
import { refuseFiring } from './refuse-firing.ts';
import type { ScheduleRow } from './schedule-view.ts';

/** What a worker hands to the activities of schedules. */
export interface ScheduleClients {
  database: Database;
  keyring: Keyring;
  dispatcher: Dispatcher;
  /** The platform's launch stage, which decides what the runs must ask before they act. */
  launchStage: LaunchStage;
}

/**
 * Makes the activity that writes the run of one firing, in the name of who made the schedule. Firing and due time make
 * the run's id, so that the same firing gives the same run. A refusal is written to the audit log.
 */
export function startScheduledRun(clients: ScheduleClients) {
  return async ({ firing, ...due }: StartScheduledRunInput): Promise<ScheduledRun | null> => {
    const { tenantId, scheduleId, scheduledFor } = due;
    const runId = uuidOf(JSON.stringify(['schedule', tenantId, scheduleId, firing, scheduledFor])) as RunId;
    const { schedule, run } = await clients.database.withTenant(tenantId, async (db) => ({
      schedule: await db.schedule.findFirst({ where: { tenantId, id: scheduleId, deletedAt: null } }),
      run: await readRun(db, { tenantId, runId }),
    }));
    if (run) return run.finishedAt === null ? startedOf(run) : null;
    if (!schedule) return null;
    const ctx = ctxOf(clients, { tenantId, runId }, schedule);
    try {
      await beginScheduledRun(ctx, { runId, scheduleId, scheduledFor });
      const begun = await clients.database.withTenant(tenantId, (db) => readRun(db, { tenantId, runId }));
      return begun && startedOf(begun);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await refuseFiring(clients.database, { ...due, runId, actor: ctx.actor }, error);
      return null;
    }
  };
}

function readRun(db: Db, { tenantId, runId }: RunKey) {
  const select = { id: true, workflowId: true, version: true, finishedAt: true };
  return db.run.findFirst({ where: { tenantId, id: runId }, select });
}

function startedOf({ id, workflowId, version }: { id: string; workflowId: string; version: number }) {
  return { runId: id as RunId, workflowId, version };
}

function ctxOf(
  { database, keyring, dispatcher, launchStage }: ScheduleClients,
  { tenantId, runId }: RunKey,
  { id: scheduleId, name }: ScheduleRow,
): Ctx {
  return {
    ...{ tenantId, database, keyring, dispatcher, launchStage },
    actor: { kind: 'schedule', scheduleId, name },
    permissions: new Set(['runs.start']),
    requestId: runId,
  };
}

/** Throws what `beginRun` throws. */
const beginScheduledRun = verb({
  action: 'run.start',
  permission: 'runs.start',
  input: z.strictObject({ runId: idField, scheduleId: idField, scheduledFor: z.iso.datetime() }),
  run: async (tools, { runId, scheduleId, scheduledFor }): Promise<RunRef> => {
    const row = await findSchedule(tools.db, tools.tenantId, scheduleId);
    // The schedule's workflow starts the run as its child, so that Temporal's overlap policies see when it ends.
    const enqueue: typeof tools.enqueue = async (message) => {
      if (message.kind !== 'startRun') await tools.enqueue(message);
    };
    return beginRun(
      { ...tools, enqueue },
      {
        workflowId: row.workflowId,
        version: row.version,
        input: row.input as Json,
        trigger: 'schedule',
        runId: runId as RunId,
        requesterId: row.createdBy as PersonId | null,
        schedule: { id: scheduleId, scheduledFor: new Date(scheduledFor) },
      },
    );
  },
});
