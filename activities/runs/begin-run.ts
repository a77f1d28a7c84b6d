import { randomUUID } from 'node:crypto';
import { Prisma, type Db } from '../../prisma/database.ts';
import type { PersonId, RunId, TenantId } from '../../workflows/ids.ts';
import type { Flow } from '../../workflows/definitions/index.ts';
import type { Json } from '../../workflows/json.ts';
import { INLINE_BYTES } from '../../workflows/runs/model.ts';
import { personOf, type QueuedMessage } from '../context.ts';
import type { RunTools } from '../verb.ts';
import { packText, writeValue } from './hold-value.ts';
import { checkDefinition } from './check-definition.ts';
import { checkRunInput, readStartable, startedBy, type StartableVersion } from './startable.ts';
import { writtenRun, type WrittenRow } from './written-run.ts';

/** The largest input of a run: bytes of JSON, and levels of nesting. */
export const RUN_INPUT_LIMITS = { bytes: 1_048_576, depth: 100 };

/** A run by its id. */
export interface RunRef {
  id: RunId;
}

/** What a run is started with, whoever asks for it. The input is within RUN_INPUT_LIMITS. */
export interface RunStart {
  workflowId: string;
  /** The newest published version when null. */
  version: number | null;
  /** That version, where the caller has read it in the same transaction. */
  published?: StartableVersion;
  input: Json;
  trigger: 'manual' | 'webhook' | 'schedule';
  /** The id of the run to be, where the caller makes it from something that stays the same when it calls again. */
  runId?: RunId;
  /** Whose run it is when the actor is no person; who published the version when left out. */
  requesterId?: PersonId | null;
  schedule?: { id: string; scheduledFor: Date };
}

/**
 * Writes a run of a published version and the message that starts it. It is QUEUED until a worker opens it.
 * Throws NOT_FOUND, PRECONDITION_FAILED `workflow_archived` or `workflow_not_published`, INVALID `definition_invalid`
 * or `input_invalid` (both with `details.issues`).
 */
export async function beginRun(tools: RunTools, start: RunStart): Promise<RunRef> {
  const { db, tenantId, actor, launchStage } = tools;
  const { workflowId, input, trigger, schedule } = start;
  const published = start.published ?? (await readStartable(db, tenantId, start));
  const { number, hash, workflowName } = published;
  await checkDefinition(db, tenantId, { definition: published.flow, hash });
  checkRunInput(published.flow, input);
  const runId = start.runId ?? (randomUUID() as RunId);
  const row = {
    ...{ tenantId, id: runId, workflowId, workflowName, version: number, hash, launchStage, trigger },
    ...(await inputColumns(db, { tenantId, runId }, input)),
    startedBy: startedBy(actor),
    requesterId: personOf(actor) ?? start.requesterId ?? published.publishedBy,
    ...(schedule ? { scheduleId: schedule.id, scheduledFor: schedule.scheduledFor } : {}),
  };
  await db.run.createMany({ data: [row] });
  tools.target(runId, { workflowId, version: number });
  await tools.enqueue(
    { kind: 'startRun', runId, workflowId, version: number },
    carriedRun(row, published.flow),
  );
  return { id: runId };
}

/** Larger ones go through Temporal as their id only. */
const CARRIED_CHARACTERS = 32_768;

// What must wait for its place, or is large, reads itself when its turn comes.
function carriedRun(
  row: WrittenRow & Pick<Prisma.RunCreateManyInput, 'input' | 'inputRef'>,
  flow: Flow,
): Pick<QueuedMessage, 'written'> {
  if (flow.limits?.concurrency || row.inputRef) return {};
  const value = row.input === Prisma.JsonNull ? null : (row.input as Json);
  const written = writtenRun(row, { flow, input: { value } });
  return JSON.stringify(written).length > CARRIED_CHARACTERS ? {} : { written };
}

/** The columns that hold a run's input: in the row when it is small, else stored apart. */
export async function inputColumns(db: Db, key: { tenantId: TenantId; runId: RunId }, input: Json) {
  const text = JSON.stringify(input);
  if (Buffer.byteLength(text) <= INLINE_BYTES) return { input: input ?? Prisma.JsonNull };
  const packed = await packText({ ...key, path: 'input' }, text);
  // Inputs are checked against a limit far below the one of stored values.
  if (!packed) throw new Error('The input is too large to be stored');
  await writeValue(db, packed);
  return { input: Prisma.JsonNull, inputRef: packed.id };
}
