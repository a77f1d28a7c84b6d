import { randomUUID } from 'node:crypto';
import type { Sample } from './sample.ts';

/** A good call of every operation on failures and bulk re-runs. */
export const BULK_RERUN_SAMPLES: Record<'query' | 'mutation', Record<string, Sample>> = {
  query: {
    bulkRerun: { needs: 'runs.read', args: ({ ids }) => ({ id: ids.bulkRerun }), names: true },
    failures: { needs: 'runs.read', args: () => ({}) },
    previewBulkRerun: {
      needs: 'runs.read',
      args: ({ ids }) => ({ input: { runIds: [ids.finishedRun], fromStep: 'hello', version: 1 } }),
      names: true,
    },
  },
  mutation: {
    cancelBulkRerun: {
      needs: 'runs.control',
      args: ({ ids }) => ({ input: { bulkRerunId: ids.bulkRerun, reason: 'Not yet' } }),
      names: true,
    },
    rerunRuns: {
      needs: 'runs.start',
      args: ({ ids }) => ({
        input: { runIds: [ids.finishedRun], fromStep: 'hello', version: 1, idempotencyKey: randomUUID() },
      }),
      names: true,
    },
  },
};
