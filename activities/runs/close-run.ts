import { Prisma, type Db } from '../../prisma/database.ts';
import type { CloseRunInput, RunKey } from '../../workflows/runs/activities.ts';
import { publish } from '../publish.ts';
import { lockGateOf } from './admission.ts';
import { afterRunEnd } from './after-run-end.ts';
import type { RunDeps } from './deps.ts';
import { readableError } from './readable-error.ts';
import { OPEN } from './run-state.ts';
import { responseColumn } from './run-response.ts';
import { settleHeld, type HeldColumns } from './settle-held.ts';
import { FINAL_RANK, rankOf, toEventRows, writeSteps } from './write-steps.ts';

/** Path under which values of the run itself are stored. */
const RUN_OUTPUT_PATH = 'output';

/**
 * Makes the activity that writes the end of a run, with the last events, in one transaction. A run that is over is
 * left as it is. No step of a finished run stays open: what the events did not end is CANCELLED.
 */
export function closeRun(deps: RunDeps) {
  return async (input: CloseRunInput): Promise<void> => {
    const { tenantId, runId } = input;
    const rows = await toEventRows(deps, input, input.events);
    const output = await settleHeld(deps, { tenantId, runId, path: RUN_OUTPUT_PATH }, input.output);
    const messages = await deps.database.withTenant(tenantId, async (db) => {
      await lockGateOf(db, input);
      await writeSteps(db, input, rows);
      const closed = await writeEnd(db, input, output);
      await publish(db, { topic: 'run', tenantId, runId });
      if (!closed) return [];
      await cancelOpenSteps(db, input);
      return afterRunEnd(db, input);
    });
    deps.dispatcher.dispatch(messages);
  };
}

async function writeEnd(db: Db, input: CloseRunInput, output: HeldColumns): Promise<boolean> {
  const { count } = await db.run.updateMany({
    where: { tenantId: input.tenantId, id: input.runId, status: OPEN },
    data: {
      status: input.status,
      finishedAt: new Date(),
      output: output.json ?? Prisma.DbNull,
      outputRef: output.ref,
      error: input.error ? readableError(input.error) : Prisma.DbNull,
      ...(input.response ? { response: responseColumn(input.response) } : {}),
    },
  });
  return count === 1;
}

async function cancelOpenSteps(db: Db, { tenantId, runId }: RunKey): Promise<void> {
  await db.runStep.updateMany({
    where: { tenantId, runId, rank: { lt: FINAL_RANK } },
    data: {
      status: 'CANCELLED',
      rank: rankOf('CANCELLED'),
      waitingFor: null,
      until: null,
      finishedAt: new Date(),
    },
  });
}
