import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Database, Db } from '../../prisma/database.ts';
import type { Json } from '../../workflows/json.ts';
import type { EvaluateOutcome, RunKey, StepFailure } from '../../workflows/runs/activities.ts';
import { INLINE_BYTES, OUTPUT_BYTES, type Held } from '../../workflows/runs/model.ts';
import { uuidOf } from '../../workflows/sha256.ts';

/** Where a value belongs: its run, and the path of the step that made it. */
export interface ValuePlace extends RunKey {
  path: string;
}

/** A value ready to be written as a row of `run_value`. */
export interface PackedValue {
  place: ValuePlace;
  id: string;
  bytes: number;
  sha256: Uint8Array<ArrayBuffer>;
  content: Uint8Array<ArrayBuffer>;
}

const compress = promisify(gzip);

/**
 * The value as the run carries it: inline when its JSON has at most INLINE_BYTES, else (or when `outside` is set)
 * stored in PostgreSQL. A value over OUTPUT_BYTES is the step's error OUTPUT_TOO_LARGE.
 */
export async function holdValue(
  database: Database,
  place: ValuePlace,
  { value, outside = false }: { value: Json; outside?: boolean },
): Promise<EvaluateOutcome> {
  const text = jsonText(value);
  if (text === null) return { error: tooLarge(place.path) };
  if (!outside && Buffer.byteLength(text) <= INLINE_BYTES) return { output: { value } };
  return storeText(database, place, text);
}

/** Stores JSON text as a row; text over OUTPUT_BYTES is the step's error OUTPUT_TOO_LARGE. */
export async function storeText(
  database: Database,
  place: ValuePlace,
  text: string,
): Promise<{ output: Exclude<Held, { value: Json }> } | { error: StepFailure }> {
  const packed = await packText(place, text);
  if (packed === null) return { error: tooLarge(place.path) };
  await database.withTenant(place.tenantId, (db) => writeValue(db, packed));
  return { output: { ref: packed.id, bytes: packed.bytes } };
}

/** Compresses JSON text for `writeValue`. Null when it has more than OUTPUT_BYTES. */
export async function packText(place: ValuePlace, text: string): Promise<PackedValue | null> {
  const bytes = Buffer.byteLength(text);
  if (bytes > OUTPUT_BYTES) return null;
  const sha256 = new Uint8Array(createHash('sha256').update(text).digest());
  const id = uuidOf(JSON.stringify(['value', place.runId, place.path, Buffer.from(sha256).toString('hex')]));
  return { place, id, bytes, sha256, content: new Uint8Array(await compress(text)) };
}

/** Writes a packed value. Its id comes from run, path and content: written twice, it is one row. */
export async function writeValue(db: Db, packed: PackedValue): Promise<void> {
  const { place, ...columns } = packed;
  await db.runValue.createMany({
    data: [{ tenantId: place.tenantId, runId: place.runId, path: place.path, ...columns }],
    skipDuplicates: true,
  });
}

/** The failure of a step whose output is over OUTPUT_BYTES. */
export function tooLarge(path: string): StepFailure {
  const megabytes = OUTPUT_BYTES / 1024 / 1024;
  return {
    code: 'OUTPUT_TOO_LARGE',
    message: `The result of ${path} is larger than ${megabytes} MB, or nested too deep. Ask for less at once, for example in pages.`,
    details: { limitBytes: OUTPUT_BYTES },
    retryable: false,
  };
}

// Text beyond the engine's longest string throws a RangeError; it is far over our limit.
function jsonText(value: Json): string | null {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
