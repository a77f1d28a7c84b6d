import { gunzipSync } from 'node:zlib';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { sealingCodec } from '../../temporal/payload-codec.ts';
import { once } from './shop.ts';
import type { TestPlatform } from './platform.ts';

/** Bytes that the platform keeps, and where. */
export interface Kept {
  where: string;
  bytes: Buffer;
}

/** Every column of every row of every table: as PostgreSQL writes it, bytea as its bytes, and unpacked when packed. */
export async function dumpDatabase(adminUrl: string): Promise<Kept[]> {
  return once(adminUrl, async (client) => {
    const tables = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    const kept: Kept[] = [];
    for (const { name } of tables.rows) {
      const rows = await client.query<Record<string, unknown>>(`SELECT t::text AS whole, t.* FROM ${name} t`);
      for (const row of rows.rows)
        for (const [column, value] of Object.entries(row)) kept.push(...asKept(`${name}.${column}`, value));
    }
    return kept;
  });
}

function asKept(where: string, value: unknown): Kept[] {
  if (Buffer.isBuffer(value)) {
    const unpacked = unpack(value);
    return [{ where, bytes: value }, ...(unpacked ? [{ where, bytes: unpacked }] : [])];
  }
  return [{ where, bytes: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value ?? null)) }];
}

/** What gzip packed in these bytes; null when it did not, for sealed bytes begin with any two. */
function unpack(bytes: Buffer): Buffer | null {
  try {
    return gunzipSync(bytes);
  } catch {
    return null;
  }
}

/** The histories of all executions, as the server keeps them and with every payload opened. */
export async function dumpHistories({ temporal: client, keyring }: TestPlatform): Promise<Kept[]> {
  const codec = sealingCodec(keyring);
  const kept: Kept[] = [];
  for await (const { workflowId, runId } of client.workflow.list()) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    const raw = Buffer.from(temporal.api.history.v1.History.encode(history).finish());
    kept.push({ where: `history of ${workflowId}`, bytes: raw });
    for (const payload of await openedPayloads(history, codec))
      kept.push({ where: `payload of ${workflowId}`, bytes: payload });
  }
  return kept;
}

async function openedPayloads(value: unknown, codec: PayloadCodec): Promise<Buffer[]> {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  if (isPayload(value)) {
    const [opened] = await codec.decode([value], undefined);
    return [Buffer.from(opened?.data ?? [])];
  }
  const inside = await Promise.all(Object.values(value).map((part) => openedPayloads(part, codec)));
  return inside.flat();
}

function isPayload(value: object): value is Payload {
  return 'metadata' in value && 'data' in value && ArrayBuffer.isView(value.data);
}
