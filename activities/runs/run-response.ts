import { z } from 'zod';
import type { RunError, RunResponse, RunStatus } from '../../workflows/runs/model.ts';
import { idField } from '../input-fields.ts';
import { query } from '../query.ts';
import { findRun } from './find-run.ts';
import { readableJson } from './settle-held.ts';

/** How far a run has come, for a caller who waits for its answer. */
export interface RunAnswer {
  status: RunStatus;
  /** Set as soon as a respond step has run, though the run may go on. */
  response: RunResponse | null;
  error: RunError | null;
}

/** A run's answer as it is stored. */
export function responseColumn({ status, headers, body }: RunResponse) {
  return { status, headers: readableJson(headers), body: readableJson(body) };
}

/** How far a run has come with its answer. Throws NOT_FOUND. */
export const readRunAnswer = query({
  permission: 'runs.read',
  input: z.strictObject({ runId: idField }),
  run: async ({ db, tenantId }, { runId }): Promise<RunAnswer> => {
    const row = await findRun(db, tenantId, runId);
    return {
      status: row.status as RunStatus,
      response: row.response as RunResponse | null,
      error: row.error as RunError | null,
    };
  },
});
