import { Prisma, type Db } from '../../prisma/database.ts';
import type { PersonId } from '../../workflows/ids.ts';
import type { JsonObject } from '../../workflows/json.ts';
import type { LaunchStage } from '../../workflows/launch-stage.ts';
import type { RunKey } from '../../workflows/runs/activities.ts';
import type { RerunPlan } from '../../workflows/runs/rerun-plan.ts';
import type { OutboxMessage } from '../context.ts';
import type { PreparedRerun } from './prepare-rerun.ts';

/** A run again, and in whose name it is started. */
export interface RerunStart extends PreparedRerun {
  /** Who started it, as runs keep it. */
  startedBy: Prisma.InputJsonObject;
  /** Whose run it is; who published the version when null. */
  requesterId: PersonId | null;
  launchStage: LaunchStage;
  bulkRerunId: string | null;
}

/**
 * Writes a run again under the id of `key`, with the results that it takes over. Gives the message that starts it, to be
 * put into the same transaction, and what to note in the audit log. Throws the first problem of the prepared run.
 */
export async function beginRerun(
  db: Db,
  key: RunKey,
  start: RerunStart,
): Promise<{ message: OutboxMessage; details: JsonObject }> {
  const [problem] = start.problems;
  if (problem) throw problem;
  const { run, version, plan } = start;
  if (!plan) throw new Error('A plan is missing without a problem');
  await createRun(db, key, { ...start, plan });
  await takeOverSteps(db, key, { from: run.id, paths: plan.reused });
  const { workflowId } = run;
  return {
    message: { kind: 'startRun', runId: key.runId, workflowId, version: version.number },
    details: { rerunOf: run.id, rerunFrom: plan.startsAt, version: version.number },
  };
}

async function createRun(
  db: Db,
  { tenantId, runId }: RunKey,
  { run, version, plan, ...start }: RerunStart & { plan: RerunPlan },
): Promise<void> {
  const { workflowId, workflowName, inputRef, depth } = run;
  const { startedBy, launchStage, bulkRerunId } = start;
  await db.run.create({
    data: {
      ...{ tenantId, id: runId, workflowId, workflowName, inputRef, depth, launchStage },
      version: version.number,
      hash: version.hash,
      input: run.input ?? Prisma.JsonNull,
      trigger: 'rerun',
      ...{ startedBy, bulkRerunId },
      requesterId: start.requesterId ?? version.publishedBy,
      rerunOf: run.id,
      rerunFrom: plan.startsAt,
      carry: JSON.parse(JSON.stringify(plan.seed)) as Prisma.InputJsonObject,
    },
  });
}

// With their own times and results: they are marked as taken over, and have no events in the new run. What was taken
// over before keeps the mark of the run in which it happened.
async function takeOverSteps(
  db: Db,
  { tenantId, runId }: RunKey,
  { from, paths }: { from: string; paths: string[] },
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO run_step (tenant_id, run_id, path, step_id, kind, status, attempt, rank, sequence, input, input_ref,
      output, output_ref, error, started_at, finished_at, reused_from)
    SELECT tenant_id, ${runId}::uuid, path, step_id, kind, status, attempt, rank, sequence, input, input_ref,
      output, output_ref, error, started_at, finished_at, COALESCE(reused_from, run_id)
    FROM run_step WHERE tenant_id = ${tenantId}::uuid AND run_id = ${from}::uuid AND path = ANY(${paths}::text[])`;
}
