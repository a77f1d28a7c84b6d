import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { forgetOldKeys } from '../activities/idempotency-key.ts';
import type { Log } from '../activities/log.ts';
import { createReconciler, type ReconcilerParts } from '../activities/runs/index.ts';

const LEASE = 'reconciler';
/** A worker that dies leaves the work to another one after this many seconds. */
const LEASE_SECONDS = 30;
/** Between two passes, in milliseconds. */
const EVERY = 10_000;
/** Between two rounds of forgetting idempotency keys, in milliseconds. */
const FORGET_EVERY = 600_000;

/** What the loop needs. */
export interface ReconcileLoop extends Omit<ReconcilerParts, 'goesOn'> {
  log: Log;
  /** Ends the loop. */
  signal: AbortSignal;
}

/**
 * Passes over all open runs again and again, and forgets old idempotency keys now and then, in one process at a time,
 * until `signal`. Never throws.
 */
export async function reconcileLoop({ signal, ...parts }: ReconcileLoop): Promise<void> {
  const { database, log } = parts;
  const holder = `${process.pid} ${randomUUID()}`;
  const isMine = async () =>
    !signal.aborted && database.lookup.takeLease({ name: LEASE, holder, seconds: LEASE_SECONDS });
  const pass = createReconciler({ ...parts, goesOn: isMine });
  let forgetAt = 0;
  while (!signal.aborted) {
    try {
      const report = await pass();
      if (report.repaired + report.restarted > 0) log.info(report, 'runs were compared with Temporal');
    } catch (error) {
      log.warn({ err: error }, 'runs could not be compared with Temporal; nothing was changed');
    }
    if (Date.now() >= forgetAt && (await forgetKeys(parts, isMine, signal)))
      forgetAt = Date.now() + FORGET_EVERY;
    await pause(EVERY, undefined, { signal }).catch(() => undefined);
  }
}

/** False while another process has the lease, or when it did not work: then the next pass tries again. */
async function forgetKeys(
  { database, log }: Pick<ReconcileLoop, 'database' | 'log'>,
  isMine: () => Promise<boolean>,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    if (!(await isMine())) return false;
    const forgotten = await forgetOldKeys(database, () => !signal.aborted);
    if (forgotten > 0) log.info({ forgotten }, 'old idempotency keys were forgotten');
    return true;
  } catch (error) {
    log.warn({ err: error }, 'old idempotency keys could not be forgotten; they are in the next round');
    return false;
  }
}
