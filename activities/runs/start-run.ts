import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Prisma, type Db } from '../../prisma/database.ts';
import type { RunId, TenantId } from '../../workflows/ids.ts';
import type { Json } from '../../workflows/json.ts';
import { INLINE_BYTES } from '../../workflows/runs/model.ts';
import { personOf } from '../context.ts';
import { findVersion } from '../definitions/index.ts';
import { idField, jsonField, numberField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { packText, writeValue } from './hold-value.ts';
import { checkedFlow, checkRunInput, findStartable, startedBy } from './startable.ts';

/** The largest input of a run: bytes of JSON, and levels of nesting. */
const RUN_INPUT_LIMITS = { bytes: 1_048_576, depth: 100 };

/** A run by its id. */
export interface RunRef {
  id: RunId;
}

/**
 * Starts a run of a published version, the newest one unless `version` is given. It is QUEUED until a worker opens it.
 * Throws NOT_FOUND, PRECONDITION_FAILED `workflow_archived` or `workflow_not_published`, INVALID `definition_invalid`
 * or `input_invalid` (both with `details.issues`).
 */
export const startRun = verb({
  action: 'run.start',
  permission: 'runs.start',
  input: z.strictObject({
    workflowId: idField,
    version: numberField.nullish(),
    input: jsonField(RUN_INPUT_LIMITS).optional(),
  }),
  run: async (tools, { workflowId, version, input = {} }): Promise<RunRef> => {
    const { db, tenantId, actor, launchStage } = tools;
    const workflow = await findStartable(db, tenantId, workflowId);
    const number = version ?? workflow.latestVersion;
    const published = await findVersion(db, tenantId, { workflowId, number });
    const flow = await checkedFlow(db, tenantId, published.definition);
    checkRunInput(flow, input);
    const runId = randomUUID() as RunId;
    await db.run.create({
      data: {
        tenantId,
        id: runId,
        workflowId,
        workflowName: workflow.name,
        version: number,
        hash: published.hash,
        ...(await inputColumns(db, { tenantId, runId }, input)),
        launchStage,
        startedBy: startedBy(actor),
        requesterId: personOf(actor) ?? published.publishedBy,
      },
    });
    tools.target(runId, { workflowId, version: number });
    await tools.enqueue({ kind: 'startRun', runId });
    return { id: runId };
  },
});

async function inputColumns(db: Db, key: { tenantId: TenantId; runId: RunId }, input: Json) {
  const text = JSON.stringify(input);
  if (Buffer.byteLength(text) <= INLINE_BYTES) return { input: input ?? Prisma.JsonNull };
  const packed = await packText({ ...key, path: 'input' }, text);
  // `input` was checked against a limit far below the one of stored values.
  if (!packed) throw new Error('The input is too large to be stored');
  await writeValue(db, packed);
  return { input: Prisma.JsonNull, inputRef: packed.id };
}
