import type { ChildKey } from '../../workflows/runs/activities.ts';
import type { RunOutcome } from '../../workflows/runs/model.ts';
import type { RunDeps } from './deps.ts';
import { outcomeOf, OUTCOME_COLUMNS } from './run-outcome.ts';

/** Makes the activity that tells how a run that another one called has ended; null while it goes on. */
export function readChildOutcome({ database }: RunDeps) {
  return ({ tenantId, runId, childRunId }: ChildKey): Promise<RunOutcome | null> =>
    database.withTenant(tenantId, async (db) => {
      const child = await db.run.findFirstOrThrow({
        where: { tenantId, id: childRunId, parentRunId: runId },
        select: OUTCOME_COLUMNS,
      });
      return outcomeOf(db, tenantId, child);
    });
}
