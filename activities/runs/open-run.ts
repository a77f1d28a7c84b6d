import { createHash } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import type { Db } from '../../prisma/database.ts';
import { LAUNCH_STAGES } from '../../workflows/launch-stage.ts';
import { definitionHashText, flowSchema, type Flow } from '../../workflows/definitions/index.ts';
import type { PersonId, WorkflowId } from '../../workflows/ids.ts';
import type { Json } from '../../workflows/json.ts';
import type { RunKey } from '../../workflows/runs/activities.ts';
import type { Held, OpenedRun, RunSeed } from '../../workflows/runs/model.ts';
import { publish } from '../publish.ts';
import type { RunDeps } from './deps.ts';
import { isFinal } from './run-state.ts';

/**
 * Makes the activity that reads a run with its definition and marks it RUNNING when it was QUEUED. Not to be retried:
 * no such run, a run that is over, a definition that is not the one the run was started with.
 */
export function openRun({ database }: RunDeps) {
  return (key: RunKey): Promise<OpenedRun> => database.withTenant(key.tenantId, (db) => open(db, key));
}

async function open(db: Db, key: RunKey): Promise<OpenedRun> {
  const run = await db.run.findFirst({ where: { tenantId: key.tenantId, id: key.runId } });
  if (!run) throw refusal('RUN_MISSING', 'There is no such run.');
  if (isFinal(run.status)) throw refusal('RUN_CLOSED', `This run is ${run.status} already.`);
  const launchStage = LAUNCH_STAGES.find((stage) => stage === run.launchStage);
  if (!launchStage) throw refusal('RUN_UNREADABLE', 'The launch stage of this run is not known.');
  const flow = await readFlow(db, key, run);
  const startedAt = run.startedAt ?? new Date();
  if (run.status === 'QUEUED') await markRunning(db, key, startedAt);
  return {
    workflow: {
      id: run.workflowId as WorkflowId,
      name: run.workflowName,
      version: run.version,
      hash: run.hash,
    },
    flow,
    input: await readInput(db, key, run),
    requesterId: run.requesterId as PersonId | null,
    launchStage,
    startedAt: startedAt.toISOString(),
    depth: run.depth,
    cancelRequested: run.cancelRequestedAt !== null,
    // Written by us, with the run, and never changed.
    ...(run.carry === null ? {} : { seed: run.carry as unknown as RunSeed }),
  };
}

async function readFlow(
  db: Db,
  { tenantId }: RunKey,
  { workflowId, version, hash }: { workflowId: string; version: number; hash: string },
): Promise<Flow> {
  const row = await db.workflowVersion.findFirst({ where: { tenantId, workflowId, number: version } });
  if (!row) throw refusal('DEFINITION_MISSING', `Version ${version} of the workflow is not there.`);
  const parsed = flowSchema.safeParse(row.definition);
  if (!parsed.success)
    throw refusal('DEFINITION_UNREADABLE', `Version ${version} of the workflow cannot be read.`);
  const stored = createHash('sha256').update(definitionHashText(parsed.data)).digest('hex');
  if (stored !== hash || row.hash !== hash)
    throw refusal('DEFINITION_CHANGED', `Version ${version} is not the one that this run was started with.`);
  return parsed.data;
}

async function readInput(
  db: Db,
  { tenantId }: RunKey,
  run: { input: unknown; inputRef: string | null },
): Promise<Held> {
  if (run.inputRef === null) return { value: run.input as Json };
  const { bytes } = await db.runValue.findFirstOrThrow({
    where: { tenantId, id: run.inputRef },
    select: { bytes: true },
  });
  return { ref: run.inputRef, bytes };
}

async function markRunning(db: Db, { tenantId, runId }: RunKey, startedAt: Date): Promise<void> {
  await db.run.updateMany({
    where: { tenantId, id: runId, status: 'QUEUED' },
    data: { status: 'RUNNING', startedAt },
  });
  await publish(db, { topic: 'run', tenantId, runId });
}

function refusal(type: string, message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, type);
}
