import { randomUUID } from 'node:crypto';
import type { RunId } from '../../workflows/ids.ts';
import { personOf } from '../context.ts';
import { verb } from '../verb.ts';
import { beginRerun } from './begin-rerun.ts';
import type { RunRef } from './begin-run.ts';
import { prepareRerun } from './prepare-rerun.ts';
import { rerunInput } from './preview-rerun.ts';
import { startedBy } from './startable.ts';

/**
 * Starts a new run that takes over the results of a run that is over, up to a step, and does the rest again, with the
 * same input. Throws what `prepareRerun` throws and what keeps a run from being started.
 */
export const rerunFromStep = verb({
  action: 'run.rerun',
  permission: 'runs.start',
  input: rerunInput,
  run: async (tools, input): Promise<RunRef> => {
    const { db, tenantId, actor, launchStage } = tools;
    const prepared = await prepareRerun(db, tenantId, input);
    const runId = randomUUID() as RunId;
    const by = { startedBy: startedBy(actor), requesterId: personOf(actor), launchStage, bulkRerunId: null };
    const { message, details } = await beginRerun(db, { tenantId, runId }, { ...prepared, ...by });
    tools.target(runId, details);
    await tools.enqueue(message);
    return { id: runId };
  },
});
