import { randomUUID } from 'node:crypto';
import { DomainError } from '../../workflows/errors.ts';
import { personOf } from '../context.ts';
import { verb } from '../verb.ts';
import { bulkRerunInput } from './bulk-rerun-input.ts';
import { ALREADY_RERUN, findBulkTargets } from './bulk-rerun-targets.ts';
import { startedBy } from './startable.ts';

/** A bulk re-run by its id. */
export interface BulkRerunRef {
  id: string;
}

/**
 * Notes which runs are to be run again; a worker does it, one after another. Throws NOT_FOUND for a named run that is
 * not there, PRECONDITION_FAILED `nothing_to_rerun` when none is left to be run again.
 */
export const rerunRuns = verb({
  action: 'bulkRerun.start',
  permission: 'runs.start',
  input: bulkRerunInput,
  run: async (tools, input): Promise<BulkRerunRef> => {
    const { db, tenantId, actor } = tools;
    const { taken, done, left } = await findBulkTargets(db, tenantId, input);
    if (taken.length === 0)
      throw new DomainError(
        'PRECONDITION_FAILED',
        'nothing_to_rerun',
        'There is no run left to run again here: there is none, or each was run again already.',
        { alreadyRerun: done.length },
      );
    const id = randomUUID();
    const { failureFingerprint: fingerprint = null, fromStep = null, version = null } = input;
    const by = { createdBy: startedBy(actor), requesterId: personOf(actor) };
    await db.bulkRerun.create({ data: { tenantId, id, fingerprint, fromStep, version, ...by } });
    const item = { tenantId, bulkRerunId: id };
    await db.bulkRerunItem.createMany({
      data: [
        ...taken.map((runId) => ({ ...item, runId })),
        ...done.map((runId) => ({ ...item, runId, status: 'REFUSED', ...ALREADY_RERUN })),
      ],
    });
    tools.target(id, { fingerprint, fromStep, version, runs: taken.length, refused: done.length, left });
    await tools.enqueue({ kind: 'startBulkRerun', bulkRerunId: id });
    return { id };
  },
});
