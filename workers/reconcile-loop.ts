import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../activities/log.ts';
import { createReconciler, type ReconcilerParts } from '../activities/runs/index.ts';

const LEASE = 'reconciler';
/** A worker that dies leaves the work to another one after this many seconds. */
const LEASE_SECONDS = 30;
/** Between two passes, in milliseconds. */
const EVERY = 10_000;

/** What the loop needs. */
export interface ReconcileLoop extends Omit<ReconcilerParts, 'goesOn'> {
  log: Log;
  /** Ends the loop. */
  signal: AbortSignal;
}

/** Passes over all open runs again and again, in one process at a time, until `signal`. Never throws. */
export async function reconcileLoop({ signal, ...parts }: ReconcileLoop): Promise<void> {
  const { database, log } = parts;
  const holder = `${process.pid} ${randomUUID()}`;
  const goesOn = async () =>
    !signal.aborted && database.lookup.takeLease({ name: LEASE, holder, seconds: LEASE_SECONDS });
  const pass = createReconciler({ ...parts, goesOn });
  while (!signal.aborted) {
    try {
      const report = await pass();
      if (report.repaired + report.restarted > 0) log.info(report, 'runs were compared with Temporal');
    } catch (error) {
      log.warn({ err: error }, 'runs could not be compared with Temporal; nothing was changed');
    }
    await pause(EVERY, undefined, { signal }).catch(() => undefined);
  }
}
