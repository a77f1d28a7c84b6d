import { z } from 'zod';
import { idField, jsonField, numberField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { beginRun, RUN_INPUT_LIMITS, type RunRef } from './begin-run.ts';

/** Starts a run of a published version, the newest one unless `version` is given. Throws what `beginRun` throws. */
export const startRun = verb({
  action: 'run.start',
  permission: 'runs.start',
  input: z.strictObject({
    workflowId: idField,
    version: numberField.nullish(),
    input: jsonField(RUN_INPUT_LIMITS).optional(),
  }),
  run: (tools, { workflowId, version = null, input = {} }): Promise<RunRef> =>
    beginRun(tools, { workflowId, version, input, trigger: 'manual' }),
});
