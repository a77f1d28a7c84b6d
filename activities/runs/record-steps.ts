import { Prisma, type Db } from '../../prisma/database.ts';
import type { RecordStepsInput, RunKey } from '../../workflows/runs/activities.ts';
import { publish } from '../publish.ts';
import type { RunDeps } from './deps.ts';
import { markRunning } from './mark-running.ts';
import { isFinal, OPEN } from './run-state.ts';
import { responseColumn } from './run-response.ts';
import { toEventRows, writeSteps } from './write-steps.ts';

/** Makes the activity that stores step events and the run's status. Called again, it changes nothing. */
export function recordSteps(deps: RunDeps) {
  return async (input: RecordStepsInput): Promise<void> => {
    const rows = await toEventRows(deps, input, input.events);
    const messages = await deps.database.withTenant(input.tenantId, async (db) => {
      await writeSteps(db, input, rows);
      // A run that did not read itself is not marked yet when it comes here first, see `open-run.ts`.
      const begun = input.begunAt === undefined ? [] : await markRunning(db, input, new Date(input.begunAt));
      if (input.run) await writeStatus(db, input, input.run);
      if (input.response) await writeResponse(db, input, input.response);
      const { tenantId, runId } = input;
      await publish(db, { topic: 'run', tenantId, runId, ...(input.response ? { news: 'answered' } : {}) });
      return begun;
    });
    deps.dispatcher.dispatch(messages);
  };
}

// A final status comes with the run's end, which `closeRun` writes whole.
async function writeStatus(
  db: Db,
  { tenantId, runId }: RunKey,
  { status, revision }: NonNullable<RecordStepsInput['run']>,
): Promise<void> {
  if (isFinal(status)) return;
  await db.run.updateMany({
    where: { tenantId, id: runId, revision: { lte: revision }, status: OPEN },
    data: { status, revision },
  });
}

// The end of a run writes the answer too; until then the first that came stands.
async function writeResponse(
  db: Db,
  { tenantId, runId }: RunKey,
  response: NonNullable<RecordStepsInput['response']>,
): Promise<void> {
  await db.run.updateMany({
    where: { tenantId, id: runId, status: OPEN, response: { equals: Prisma.DbNull } },
    data: { response: responseColumn(response) },
  });
}
