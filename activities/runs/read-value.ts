import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { ApplicationFailure } from '@temporalio/common';
import type { Database, Db } from '../../prisma/database.ts';
import type { Json } from '../../workflows/json.ts';
import type { RunKey } from '../../workflows/runs/activities.ts';
import { OUTPUT_BYTES, type Held } from '../../workflows/runs/model.ts';

/** Reads values as a run holds them. */
export interface ValueReader {
  /** The value itself. Throws (not to be retried) for a reference that this run cannot see. */
  read(key: RunKey, held: Held): Promise<Json>;
  /** The value's JSON text. Throws as `read` does. */
  readText(key: RunKey, held: Held): Promise<string>;
}

/** Bytes of JSON of the arrays that stay parsed for the next pick. */
const KEPT_BYTES = 32 * 1024 * 1024;

const decompress = promisify(gunzip);

/**
 * Makes a reader. Arrays from which single elements are picked stay parsed for a while: a `forEach` over a stored
 * array would else read the whole of it for each of its items.
 */
export function createValueReader(database: Database): ValueReader {
  const kept = new KeptArrays();

  const readText = async (key: RunKey, held: Held): Promise<string> => {
    if ('value' in held) return JSON.stringify(held.value);
    if (held.at !== undefined) return JSON.stringify(await pick(key, held, held.at));
    const wanted = { ref: held.ref, maxBytes: OUTPUT_BYTES };
    const stored = await database.withTenant(key.tenantId, (db) => findStored(db, key, wanted));
    if (!stored?.content)
      throw ApplicationFailure.nonRetryable(
        `The stored value ${held.ref} is not one of this run's.`,
        'VALUE_MISSING',
      );
    return unpack(stored.content);
  };

  const pick = async (key: RunKey, held: { ref: string; bytes: number }, at: number): Promise<Json> => {
    const name = `${key.tenantId}/${key.runId}/${held.ref}`;
    let items = kept.get(name);
    if (!items) {
      const whole = JSON.parse(await readText(key, { ref: held.ref, bytes: held.bytes })) as Json;
      items = Array.isArray(whole) ? whole : [whole];
      kept.add(name, items, held.bytes);
    }
    // A copy, since what is kept must not change under the next reader.
    return structuredClone(items[at] ?? null);
  };

  const read = async (key: RunKey, held: Held): Promise<Json> => {
    if ('value' in held) return held.value;
    if (held.at !== undefined) return pick(key, held, held.at);
    return JSON.parse(await readText(key, held)) as Json;
  };
  return { read, readText };
}

/** A stored value as it lies in the database: bytes of its JSON, and its compressed content. */
export interface StoredValue {
  bytes: number;
  /** Null when it has more than `maxBytes` of JSON. */
  content: Uint8Array | null;
}

/**
 * A stored value, or null when there is none that this run may see: its own values, those of the runs that it called,
 * at any depth, and what the runs could see that it does again. The tenant is the wall; this keeps runs of one tenant
 * apart.
 */
export async function findStored(
  db: Db,
  key: RunKey,
  { ref, maxBytes }: { ref: string; maxBytes: number },
): Promise<StoredValue | null> {
  const [row] = await db.$queryRaw<StoredValue[]>`
    WITH RECURSIVE owner AS (
      SELECT r.id, r.parent_run_id FROM run_value v JOIN run r ON r.tenant_id = v.tenant_id AND r.id = v.run_id
      WHERE v.tenant_id = ${key.tenantId}::uuid AND v.id = ${ref}::uuid
      UNION
      SELECT r.id, r.parent_run_id FROM owner JOIN run r ON r.id = owner.parent_run_id
      WHERE r.tenant_id = ${key.tenantId}::uuid
    ), reader AS (
      SELECT r.id, r.rerun_of FROM run r WHERE r.tenant_id = ${key.tenantId}::uuid AND r.id = ${key.runId}::uuid
      UNION
      SELECT r.id, r.rerun_of FROM reader JOIN run r ON r.id = reader.rerun_of
      WHERE r.tenant_id = ${key.tenantId}::uuid
    )
    SELECT v.bytes, CASE WHEN v.bytes <= ${maxBytes} THEN v.content END AS content FROM run_value v
    WHERE v.tenant_id = ${key.tenantId}::uuid AND v.id = ${ref}::uuid
      AND EXISTS (SELECT FROM owner JOIN reader USING (id))`;
  return row ?? null;
}

/** The JSON text of a row's content. Throws when it is larger than any value that is stored. */
export async function unpack(content: Uint8Array): Promise<string> {
  const text = await decompress(content, { maxOutputLength: OUTPUT_BYTES });
  return text.toString('utf8');
}

/** The arrays used last, up to KEPT_BYTES. */
class KeptArrays {
  readonly #arrays = new Map<string, { items: Json[]; bytes: number }>();
  #bytes = 0;

  get(name: string): Json[] | undefined {
    const found = this.#arrays.get(name);
    if (!found) return undefined;
    this.#arrays.delete(name);
    this.#arrays.set(name, found);
    return found.items;
  }

  add(name: string, items: Json[], bytes: number): void {
    if (this.#arrays.has(name)) return;
    this.#arrays.set(name, { items, bytes });
    this.#bytes += bytes;
    for (const [oldest, kept] of this.#arrays) {
      if (this.#bytes <= KEPT_BYTES || this.#arrays.size === 1) return;
      this.#arrays.delete(oldest);
      this.#bytes -= kept.bytes;
    }
  }
}
