import { z } from 'zod';
import type { RunId } from '../../workflows/ids.ts';
import { idField, jsonField, textField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { findOpenRun } from './find-run.ts';
import type { RunRef } from './begin-run.ts';

/** The largest payload of an event: bytes of JSON, and levels of nesting. */
const EVENT_PAYLOAD_LIMITS = { bytes: 256 * 1024, depth: 100 };

/**
 * Sends a named event to a run; a `wait` step for this name takes it, now or when the run comes to one.
 * Throws NOT_FOUND, or PRECONDITION_FAILED `run_finished`.
 */
export const sendEvent = verb({
  action: 'run.sendEvent',
  permission: 'runs.control',
  input: z.strictObject({
    runId: idField,
    name: textField(200),
    payload: jsonField(EVENT_PAYLOAD_LIMITS).optional(),
  }),
  run: async ({ db, tenantId, target, enqueue }, input): Promise<RunRef> => {
    const runId = input.runId as RunId;
    await findOpenRun(db, tenantId, runId);
    target(runId, { name: input.name });
    await enqueue({ kind: 'sendEvent', runId, name: input.name, payload: input.payload ?? null });
    return { id: runId };
  },
});
