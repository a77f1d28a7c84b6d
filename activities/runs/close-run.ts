import type { CloseRunInput } from '../../workflows/runs/activities.ts';
import type { RunOutcome } from '../../workflows/runs/model.ts';
import { publish } from '../publish.ts';
import type { RunDeps } from './deps.ts';
import { endRun } from './end-run.ts';
import { outcomeOf } from './run-outcome.ts';
import { settleHeld } from './settle-held.ts';
import { takeRun } from './take-run.ts';
import { toEventRows, writeSteps } from './write-steps.ts';

/** Path under which values of the run itself are stored. */
export const RUN_OUTPUT_PATH = 'output';

/**
 * Makes the activity that writes the end of a run, with the last events, in one transaction. A run that is over is
 * left as it is, and its outcome given. No step of a finished run stays open: what the events did not end is CANCELLED; see `endRun`.
 */
export function closeRun(deps: RunDeps) {
  return async (input: CloseRunInput): Promise<RunOutcome | null> => {
    const { tenantId, runId } = input;
    const rows = await toEventRows(deps, input, input.events);
    const output = await settleHeld(deps, { tenantId, runId, path: RUN_OUTPUT_PATH }, input.output);
    const { messages, before } = await deps.database.withTenant(tenantId, async (db) => {
      const run = await takeRun(db, input);
      await writeSteps(db, input, rows);
      const ended = run && (await endRun(db, run, { ...input, output }));
      if (ended) return { messages: ended, before: null };
      // The last events are news even of a run that is over.
      await publish(db, { topic: 'run', tenantId, runId });
      return { messages: [], before: run && (await outcomeOf(db, tenantId, run)) };
    });
    deps.dispatcher.dispatch(messages);
    return before;
  };
}
