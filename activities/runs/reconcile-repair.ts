import type { Db } from '../../prisma/database.ts';
import { isDatabaseAway } from '../../prisma/database-away.ts';
import type { RunKey } from '../../workflows/runs/activities.ts';
import { appendAudit } from '../audit.ts';
import type { QueuedMessage } from '../context.ts';
import { enqueue } from '../enqueue.ts';
import { RUN_OUTPUT_PATH } from './close-run.ts';
import type { RunDeps } from './deps.ts';
import { endRun } from './end-run.ts';
import { repairOf, type Repair } from './reconcile-end.ts';
import type { Found } from './reconcile-look.ts';
import { OPEN } from './run-state.ts';
import { settleHeld, type HeldColumns } from './settle-held.ts';
import { takeRun, type TakenRun } from './take-run.ts';

/** What a run was put to: a final status, or `QUEUED` when it is started again. */
export type Repaired = (Repair & { do: 'end' })['status'] | 'QUEUED';

/**
 * Puts a run right that Temporal has as `found`, in one transaction with its audit row. A run that is over by now, or
 * whose start is still to be sent, is left alone: null.
 */
export async function repairRun(
  deps: Pick<RunDeps, 'database' | 'values' | 'dispatcher'>,
  key: RunKey,
  found: Found,
): Promise<Repaired | null> {
  // Stored before the transaction: it reads and writes in transactions of its own.
  const output = await outputOf(deps, key, found);
  const { repaired, messages } = await deps.database.withTenant(key.tenantId, async (db) => {
    const run = await takeRun(db, key);
    const decision = await decide(db, key, found);
    const queued = run && decision && (await carryOut(db, run, { ...decision, key, output }));
    if (!decision || !queued) return { repaired: null, messages: [] };
    const status: Repaired = decision.repair.do === 'end' ? decision.repair.status : 'QUEUED';
    await appendAudit(db, {
      actor: { kind: 'system', name: 'reconciler' },
      action: 'run.reconcile',
      target: key.runId,
      requestId: null,
      details: { found: found.state, status, why: 'why' in found ? found.why : null },
    });
    return { repaired: status, messages: queued };
  });
  deps.dispatcher.dispatch(messages);
  return repaired;
}

// As far as it is known: a value that was stored beside may be gone by now.
async function outputOf(
  deps: Pick<RunDeps, 'database' | 'values'>,
  key: RunKey,
  found: Found,
): Promise<HeldColumns> {
  if (found.state !== 'COMPLETED') return { json: null, ref: null };
  try {
    return await settleHeld(deps, { ...key, path: RUN_OUTPUT_PATH }, found.output);
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    return { json: null, ref: null };
  }
}

interface Decision {
  repair: Repair;
}

async function decide(db: Db, { tenantId, runId }: RunKey, found: Found): Promise<Decision | null> {
  const run = await db.run.findFirst({
    where: { tenantId, id: runId, status: OPEN },
    omit: { carry: true, testDraft: true },
  });
  if (!run || (await startIsComing(db, { tenantId, runId }))) return null;
  const repair = repairOf(found, { begun: run.status !== 'QUEUED' || run.startedAt !== null });
  const isOthers = run.parentRunId !== null || run.scheduleId !== null;
  const age = Date.now() - run.createdAt.getTime();
  return repair.do === 'start' && isOthers && age < OTHERS_START_MS ? null : { repair };
}

/** Called and scheduled runs are started by another execution, which may be waiting for a worker: milliseconds. */
const OTHERS_START_MS = 300_000;

// One that was set aside for good is not coming.
async function startIsComing(db: Db, { tenantId, runId }: RunKey): Promise<boolean> {
  const where = { tenantId, subjectId: runId, kind: 'startRun', failedAt: null };
  return (await db.outbox.count({ where })) > 0;
}

async function carryOut(
  db: Db,
  run: TakenRun,
  { repair, key, output }: Decision & { key: RunKey; output: HeldColumns },
): Promise<QueuedMessage[] | null> {
  if (repair.do === 'nothing') return null;
  if (repair.do === 'start') {
    const { workflowId, version } = run;
    return [await enqueue(db, key.tenantId, { kind: 'startRun', runId: key.runId, workflowId, version })];
  }
  return endRun(db, run, { ...key, status: repair.status, output, error: repair.error, response: null });
}
