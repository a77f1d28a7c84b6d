import { z } from 'zod';
import type { Db } from '../../prisma/database.ts';
import type { RunId } from '../../workflows/ids.ts';
import type { Json } from '../../workflows/json.ts';
import type { RunKey } from '../../workflows/runs/activities.ts';
import { idField } from '../input-fields.ts';
import { query } from '../query.ts';
import { findRun } from './find-run.ts';
import { findStored, unpack } from './read-value.ts';

/** Larger values are not shown whole: bytes of JSON. */
const SHOWN_BYTES = 1_048_576;

/** How many values one call may ask for. */
export const MAX_VALUES = 25;

/**
 * Values of a run that are stored outside its rows (`inputRef`, `outputRef`), in the order asked for. One of more
 * than 1 MB comes as the marker `{ levqor: 'stored', ref, bytes }`; one that this run cannot see comes as null.
 * Throws NOT_FOUND for the run.
 */
export const readRunValues = query({
  permission: 'runs.read',
  input: z.strictObject({ runId: idField, refs: z.array(idField).max(MAX_VALUES) }),
  run: async ({ db, tenantId }, input): Promise<Json[]> => {
    const key = { tenantId, runId: input.runId as RunId };
    await findRun(db, tenantId, key.runId);
    const shown: Json[] = [];
    for (const ref of input.refs) shown.push(await showValue(db, key, ref));
    return shown;
  },
});

async function showValue(db: Db, key: RunKey, ref: string): Promise<Json> {
  const stored = await findStored(db, key, { ref, maxBytes: SHOWN_BYTES });
  if (!stored) return null;
  if (!stored.content) return { levqor: 'stored', ref, bytes: stored.bytes };
  return JSON.parse(await unpack(stored.content)) as Json;
}
