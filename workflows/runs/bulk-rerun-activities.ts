import type { TenantId } from '../ids.ts';

/** Whose bulk re-run, and which. */
export interface BulkRerunKey {
  tenantId: TenantId;
  bulkRerunId: string;
}

/** What the workflow of a bulk re-run asks of the world. Implemented in `activities/runs`. */
export interface BulkRerunActivities {
  /** Starts, or refuses, the next runs of those that are left, and says how many are left then. Safe to repeat. */
  rerunBatch(input: BulkRerunKey): Promise<{ left: number }>;
}
