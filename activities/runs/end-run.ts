import { Prisma, type Db } from '../../prisma/database.ts';
import type { WorkflowId } from '../../workflows/ids.ts';
import type { CloseRunInput } from '../../workflows/runs/activities.ts';
import { failureFingerprint } from '../../workflows/runs/failure-fingerprint.ts';
import type { QueuedMessage } from '../context.ts';
import { publish } from '../publish.ts';
import { afterRunEnd } from './after-run-end.ts';
import { emitRunEvent } from './emit-run-event.ts';
import { readableError } from './readable-error.ts';
import { responseColumn } from './run-response.ts';
import { OPEN } from './run-state.ts';
import type { HeldColumns } from './settle-held.ts';
import type { TakenRun } from './take-run.ts';

/** The end of a run as it is written, with its output as columns. */
export interface RunEnd extends Omit<CloseRunInput, 'output' | 'events'> {
  output: HeldColumns;
}

/**
 * Writes the end of a run, which `takeRun` gave, into the open transaction, with what follows from it. Gives what is to
 * be sent after the commit, or null for a run that was over, which is left as it is.
 */
export async function endRun(db: Db, run: TakenRun, end: RunEnd): Promise<QueuedMessage[] | null> {
  const { tenantId, runId } = end;
  const error = end.error ? readableError(end.error) : null;
  const { count } = await db.run.updateMany({
    where: { tenantId, id: runId, status: OPEN },
    data: {
      status: end.status,
      // A run may be over before anything told of its beginning.
      ...(run.startedAt === null && end.begunAt !== undefined ? { startedAt: end.begunAt } : {}),
      finishedAt: new Date(),
      output: end.output.json ?? Prisma.DbNull,
      outputRef: end.output.ref,
      error: error ?? Prisma.DbNull,
      // Test runs belong to no group of failures.
      failureFingerprint: run.test === null ? fingerprintOf(end, run.workflowId as WorkflowId) : null,
      ...(end.response ? { response: responseColumn(end.response) } : {}),
    },
  });
  if (count === 0) return null;
  await publish(db, { topic: 'run', tenantId, runId, news: 'ended' });
  const begun = run.status === 'QUEUED' && end.begunAt !== undefined;
  const started = begun ? await emitRunEvent(db, { ...run, status: 'RUNNING' }) : [];
  return [...started, ...(await afterRunEnd(db, end, { ...run, status: end.status, error }))];
}

function fingerprintOf({ status, error }: RunEnd, workflowId: WorkflowId): string | null {
  const failed = status === 'FAILED' || status === 'TIMED_OUT';
  return failed && error ? failureFingerprint({ workflowId, error }) : null;
}
