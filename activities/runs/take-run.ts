import type { Db, Prisma } from '../../prisma/database.ts';
import type { RunKey } from '../../workflows/runs/activities.ts';
import { lockGateOf } from './admission.ts';
import { RUN_FACTS } from './emit-run-event.ts';
import { OUTCOME_COLUMNS } from './run-outcome.ts';

/** What the end of a run is decided by, besides what the run itself says. */
const END_FACTS = {
  ...RUN_FACTS,
  ...OUTCOME_COLUMNS,
  ...{ concurrencyKey: true, parentRunId: true, startedBy: true, startedAt: true },
} satisfies Prisma.RunSelect;

/** A run as it was before its end. */
export type TakenRun = Prisma.RunGetPayload<{ select: typeof END_FACTS }>;

/** Reads a run that is about to end, and holds its gate until the end of the transaction. Null when there is none. */
export async function takeRun(db: Db, { tenantId, runId }: RunKey): Promise<TakenRun | null> {
  const run = await db.run.findFirst({ where: { tenantId, id: runId }, select: END_FACTS });
  if (run) await lockGateOf(db, run);
  return run;
}
