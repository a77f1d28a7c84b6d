import { randomUUID } from 'node:crypto';
import { Prisma, type Db } from '../../prisma/database.ts';
import type { RunId } from '../../workflows/ids.ts';
import type { RunKey } from '../../workflows/runs/activities.ts';
import type { RerunPlan } from '../../workflows/runs/rerun-plan.ts';
import { personOf } from '../context.ts';
import { verb, type RunTools } from '../verb.ts';
import { prepareRerun, type PreparedRerun } from './prepare-rerun.ts';
import { rerunInput } from './preview-rerun.ts';
import type { RunRef } from './begin-run.ts';
import { startedBy } from './startable.ts';

/**
 * Starts a new run that takes over the results of a run that is over, up to a step, and does the rest again, with the
 * same input. Throws what `prepareRerun` throws and what keeps a run from being started.
 */
export const rerunFromStep = verb({
  action: 'run.rerun',
  permission: 'runs.start',
  input: rerunInput,
  run: async (tools, input): Promise<RunRef> => {
    const { db, tenantId } = tools;
    const prepared = await prepareRerun(db, tenantId, input);
    const [problem] = prepared.problems;
    if (problem) throw problem;
    const { run, version, plan } = prepared;
    if (!plan) throw new Error('A plan is missing without a problem');
    const runId = randomUUID() as RunId;
    await createRun(tools, runId, { ...prepared, plan });
    await takeOverSteps(db, { tenantId, runId }, { from: run.id, paths: plan.reused });
    tools.target(runId, { rerunOf: run.id, rerunFrom: plan.startsAt, version: version.number });
    await tools.enqueue({ kind: 'startRun', runId, workflowId: run.workflowId, version: version.number });
    return { id: runId };
  },
});

async function createRun(
  { db, tenantId, actor, launchStage }: RunTools,
  runId: RunId,
  { run, version, plan }: PreparedRerun & { plan: RerunPlan },
): Promise<void> {
  const { workflowId, workflowName, inputRef, depth } = run;
  await db.run.create({
    data: {
      ...{ tenantId, id: runId, workflowId, workflowName, inputRef, depth, launchStage },
      version: version.number,
      hash: version.hash,
      input: run.input ?? Prisma.JsonNull,
      trigger: 'rerun',
      startedBy: startedBy(actor),
      requesterId: personOf(actor) ?? version.publishedBy,
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
