import { Prisma, type Db } from '../../prisma/database.ts';
import type { WorkflowId } from '../../workflows/ids.ts';
import type { CloseRunInput, RunKey } from '../../workflows/runs/activities.ts';
import { failureFingerprint } from '../../workflows/runs/failure-fingerprint.ts';
import type { QueuedMessage } from '../context.ts';
import { publish } from '../publish.ts';
import { afterRunEnd } from './after-run-end.ts';
import { readableError } from './readable-error.ts';
import { responseColumn } from './run-response.ts';
import { OPEN } from './run-state.ts';
import type { HeldColumns } from './settle-held.ts';
import { withdrawApprovals } from './withdraw-approvals.ts';
import { FINAL_RANK, rankOf } from './write-steps.ts';

/** The end of a run as it is written, with its output as columns. */
export interface RunEnd extends Omit<CloseRunInput, 'output' | 'events'> {
  output: HeldColumns;
}

/**
 * Writes the end of a run into the open transaction: no step of it stays open (CANCELLED), no request for approval
 * either (WITHDRAWN). Gives what is to be sent after the commit, or null for a run that was over, which is left as it
 * is. Take the run's gate first (`lockGateOf`).
 */
export async function endRun(db: Db, end: RunEnd): Promise<QueuedMessage[] | null> {
  const { tenantId, runId } = end;
  if (!(await writeEnd(db, end))) return null;
  await publish(db, { topic: 'run', tenantId, runId });
  await cancelOpenSteps(db, end);
  const messages = await afterRunEnd(db, end);
  return [...messages, ...(await withdrawApprovals(db, end))];
}

async function writeEnd(db: Db, end: RunEnd): Promise<boolean> {
  const { tenantId, runId: id, status, output } = end;
  const run = await db.run.findFirst({
    where: { tenantId, id, status: OPEN },
    select: { workflowId: true, test: true },
  });
  if (!run) return false;
  const { count } = await db.run.updateMany({
    where: { tenantId, id, status: OPEN },
    data: {
      status,
      finishedAt: new Date(),
      output: output.json ?? Prisma.DbNull,
      outputRef: output.ref,
      error: end.error ? readableError(end.error) : Prisma.DbNull,
      // Test runs belong to no group of failures.
      failureFingerprint: run.test === null ? fingerprintOf(end, run.workflowId as WorkflowId) : null,
      ...(end.response ? { response: responseColumn(end.response) } : {}),
    },
  });
  return count === 1;
}

function fingerprintOf({ status, error }: RunEnd, workflowId: WorkflowId): string | null {
  const failed = status === 'FAILED' || status === 'TIMED_OUT';
  return failed && error ? failureFingerprint({ workflowId, error }) : null;
}

async function cancelOpenSteps(db: Db, { tenantId, runId }: RunKey): Promise<void> {
  await db.runStep.updateMany({
    where: { tenantId, runId, rank: { lt: FINAL_RANK } },
    data: {
      status: 'CANCELLED',
      rank: rankOf('CANCELLED'),
      waitingFor: null,
      until: null,
      finishedAt: new Date(),
    },
  });
}
