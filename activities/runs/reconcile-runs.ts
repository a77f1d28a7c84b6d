import { isDatabaseAway } from '../../prisma/database-away.ts';
import type { RunId } from '../../workflows/ids.ts';
import type { RunKey } from '../../workflows/runs/activities.ts';
import { createValueReader } from './read-value.ts';
import { reconcileBulkReruns } from './reconcile-bulk-reruns.ts';
import { giveFreePlaces } from './reconcile-places.ts';
import { repairRun } from './reconcile-repair.ts';
import { OLDER_THAN, PAGE, type ReconcilerParts } from './reconciler-parts.ts';

/** What one pass saw and did. */
export interface ReconcileReport {
  open: number;
  /** Runs that the index did not show as going on, each asked about by itself. */
  asked: number;
  repaired: number;
  /** Bulk re-runs that were started again. */
  restarted: number;
}

/** Bounds the calls of one pass; what is left is looked at in the next one. */
const MAX_ASKED = 500;
const PARALLEL = 4;

/**
 * Makes the reconciler. Each call is one pass over all runs that are open here: what Temporal does not have as open is
 * given its real state, bulk re-runs that stopped there are started again, and places under limits that came free
 * unnoticed are given away. A pass throws when Temporal or the database does not answer: what is not certain is never
 * repaired.
 */
export function createReconciler(parts: ReconcilerParts): () => Promise<ReconcileReport> {
  const { database, goesOn = () => Promise.resolve(true) } = parts;
  /** Where the pass before had to stop. */
  let after: string | null = null;
  return async () => {
    const report = { open: 0, asked: 0, repaired: 0, restarted: 0 };
    while (report.asked < MAX_ASKED && (await goesOn())) {
      const page = await database.lookup.openRuns({ olderThanSeconds: OLDER_THAN, after, limit: PAGE });
      const keys = page.map(({ tenantId, id }) => ({ tenantId, runId: id as RunId }));
      if (keys.length > 0) await reconcilePage(parts, keys, report);
      after = page.length < PAGE ? null : (page.at(-1)?.id ?? null);
      if (after === null) break;
    }
    if (await goesOn()) report.restarted = await reconcileBulkReruns(parts);
    return report;
  };
}

async function reconcilePage(parts: ReconcilerParts, keys: RunKey[], report: ReconcileReport): Promise<void> {
  const listed = await parts.look.listed(keys);
  const suspicious = keys.filter(({ runId }) => !listed.has(runId));
  report.open += keys.length;
  report.asked += suspicious.length;
  const queue = suspicious.values();
  const lane = async () => {
    for (const key of queue) if (await reconcileRun(parts, key)) report.repaired += 1;
  };
  await Promise.all(Array.from({ length: PARALLEL }, lane));
  for (const tenantId of new Set(keys.map((key) => key.tenantId))) {
    const runIds = keys.filter((key) => key.tenantId === tenantId).map(({ runId }) => runId);
    parts.dispatcher.dispatch(await giveFreePlaces(parts.database, tenantId, runIds));
  }
}

async function reconcileRun(
  { look, log, metrics, ...parts }: ReconcilerParts,
  key: RunKey,
): Promise<boolean> {
  const found = await look.certain(key);
  if (found.state === 'OPEN') return false;
  try {
    const values = createValueReader(parts.database);
    const status = await repairRun({ ...parts, values }, key, found);
    if (status === null) return false;
    metrics?.count('run', status);
    log.warn({ ...key, found: found.state, status }, 'a run was not as Temporal has it, and was put right');
    return true;
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    // One run that cannot be put right must not keep the others from it.
    log.error({ ...key, err: error, found: found.state }, 'a run could not be put right');
    return false;
  }
}
