import type { Db } from '../../prisma/database.ts';
import { FINAL_RUN_STATUSES } from '../../workflows/runs/model.ts';
import type { RunKey } from '../../workflows/runs/activities.ts';
import type { QueuedMessage } from '../context.ts';
import { admitAfterEnd } from './admission.ts';
import { cancelCalled } from './child-cancel.ts';
import { tellParent } from './child-tell-parent.ts';
import { emitRunEvent } from './emit-run-event.ts';
import type { TakenRun } from './take-run.ts';
import { withdrawApprovals } from './withdraw-approvals.ts';
import { cancelOpenSteps, FINAL_RANK } from './write-steps.ts';

/**
 * What follows from the end of a run, in the transaction that wrote it: no step of it stays open (CANCELLED), nor a
 * request for approval (WITHDRAWN), nor a run that it called and that ends with it. `run` has its final status. Gives
 * what is to be sent after the commit.
 */
export async function afterRunEnd(db: Db, key: RunKey, run: TakenRun): Promise<QueuedMessage[]> {
  const left = await whatIsLeft(db, key);
  if (left.steps) await cancelOpenSteps(db, key);
  return [
    ...(await emitRunEvent(db, run)),
    ...(await admitAfterEnd(db, run)),
    ...(await tellParent(db, key, run)),
    ...(left.called ? await cancelCalled(db, key) : []),
    ...(left.approvals ? await withdrawApprovals(db, key) : []),
  ];
}

interface Left {
  steps: boolean;
  called: boolean;
  approvals: boolean;
}

// Nearly every run leaves nothing: one look instead of three changes that find nothing to do.
async function whatIsLeft(db: Db, { tenantId, runId }: RunKey): Promise<Left> {
  const [left] = await db.$queryRaw<[Left]>`
    SELECT
      EXISTS (SELECT FROM run_step WHERE tenant_id = ${tenantId}::uuid AND run_id = ${runId}::uuid
        AND rank < ${FINAL_RANK}) AS steps,
      EXISTS (SELECT FROM run WHERE tenant_id = ${tenantId}::uuid AND parent_run_id = ${runId}::uuid
        AND status <> ALL(${FINAL_RUN_STATUSES})) AS called,
      EXISTS (SELECT FROM approval WHERE tenant_id = ${tenantId}::uuid AND run_id = ${runId}::uuid
        AND status = 'PENDING') AS approvals`;
  return left;
}
