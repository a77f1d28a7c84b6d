import { proxyActivities } from '@temporalio/workflow';
import type { BulkRerunActivities, BulkRerunKey } from './bulk-rerun-activities.ts';

const { rerunBatch } = proxyActivities<BulkRerunActivities>({
  startToCloseTimeout: '5m',
  // Tells a dead worker soon.
  heartbeatTimeout: '15s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
});

/** Runs many runs again, batch after batch, until none is left. The rows say how far it has come. */
export async function bulkRerun(key: BulkRerunKey): Promise<void> {
  for (;;) {
    const { left } = await rerunBatch(key);
    if (left === 0) return;
  }
}
