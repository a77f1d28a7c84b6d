import pg from 'pg';
import { z } from 'zod';
import type { Json, JsonObject } from '../../workflows/json.ts';
import type { StepFailure } from '../../workflows/runs/activities.ts';
import { OUTPUT_BYTES } from '../../workflows/runs/model.ts';
import { type Egress, networkReason, tlsOptions } from '../egress/index.ts';
import { requireConnection, tooLarge } from './effect-failed.ts';
import { scrubbedEffect } from './scrubbed-effect.ts';
import type { EffectCall, EffectExecutor } from './effect-executor.ts';
import { postgresParameter, postgresTypes } from './postgres-values.ts';
import { readFields } from './read-fields.ts';

const callSchema = z.strictObject({
  connection: z.string(),
  sql: z
    .string()
    .min(1, 'The statement is empty.')
    .regex(/^[^\0]*$/, 'A statement can not hold the character NUL.'),
  params: z.array(z.json()).nullish(),
});

/** Small rows cost far more memory than their JSON has bytes, so rows are counted too. */
const MAX_ROWS = 100_000;

/**
 * Does a `postgres` step: one statement with parameters, in a transaction of its own on a connection of its own.
 * Gives `{ rows, rowCount }`. When the step fails nothing was written, save when the connection is lost while
 * committing: a step is done at least once.
 */
export const executePostgres: EffectExecutor = (call, { egress }) =>
  scrubbedEffect(
    call,
    async () => {
      const { signal } = call;
      const fields = readFields(callSchema, call.with);
      const { client, readOnly } = await newClient(call, egress);
      const stop = () => client.connection.stream.destroy();
      signal.throwIfAborted();
      signal.addEventListener('abort', stop, { once: true });
      try {
        await client.connect();
        // In one message, and for this transaction only: a pooler's next customer must not find it.
        // A second more than the step's own limit, which is the one to name in the error.
        const timeout = Math.min(Math.ceil(call.timeoutSeconds * 1000) + 1000, 2 ** 31 - 1);
        await client.query(`BEGIN ${readOnly ? 'READ ONLY' : ''}; SET LOCAL statement_timeout = ${timeout}`);
        const output = await runStatement(client, fields.sql, fields.params ?? []);
        await client.query('COMMIT');
        return output;
      } finally {
        signal.removeEventListener('abort', stop);
        stop();
      }
    },
    queryFailure,
  );

async function newClient(call: EffectCall, egress: Egress) {
  const { settings, secrets } = requireConnection(call, 'POSTGRES');
  const target = await egress.resolveTarget(settings.host, settings.port ?? 5432, {
    protocol: 'postgres',
    signal: call.signal,
  });
  const client = new pg.Client({
    host: target.address,
    port: target.port,
    user: settings.user,
    database: settings.database,
    // A function, since pg would replace an empty password by one from our own environment or password file.
    password: () => secrets?.password ?? '',
    ssl: tlsOptions(egress, target, settings.tls),
    application_name: 'levqor',
    types: postgresTypes,
  });
  // A lost connection reaches the waiting query as well; without a listener it would end the process.
  client.on('error', () => undefined);
  return { client, readOnly: settings.readOnly === true };
}

// pg's types do not know `queryMode`. Always the extended protocol: it takes one statement and no second one.
type ExtendedQuery = pg.QueryArrayConfig<Json[]> & { queryMode: 'extended' };

function runStatement(client: pg.Client, sql: string, params: Json[]): Promise<JsonObject> {
  const config: ExtendedQuery = {
    text: sql,
    values: params.map(postgresParameter),
    rowMode: 'array',
    queryMode: 'extended',
  };
  return new Promise((resolve, reject) => {
    const rows: JsonObject[] = [];
    let bytes = 0;
    let received = 0;
    const refuse = () => {
      reject(tooLarge(`Ask for fewer rows (LIMIT) or columns. At most ${MAX_ROWS} rows are taken.`));
      client.connection.stream.destroy();
    };
    // Rows are counted as they come, and bytes before they are rows: one value alone can be larger than memory.
    client.connection.stream.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (received > 2 * OUTPUT_BYTES) refuse();
    });
    const query = new pg.Query<Json[], Json[]>(config);
    query.on('row', (values, result) => {
      const row = namedRow(values, result?.fields ?? []);
      bytes += Buffer.byteLength(JSON.stringify(row));
      if (bytes > OUTPUT_BYTES || rows.push(row) > MAX_ROWS) refuse();
    });
    query.on('error', reject);
    query.on('end', (result) => resolve({ rows, rowCount: result.rowCount ?? 0 }));
    client.query(query);
  });
}

// fromEntries, since a column may be called `__proto__`. Of two columns of one name the last one counts.
function namedRow(values: Json[], fields: pg.FieldDef[]): JsonObject {
  return Object.fromEntries(fields.map((field, index) => [field.name, values[index] ?? null]));
}

/** Classes and codes after which the same statement may succeed (PostgreSQL, appendix A). */
const RETRYABLE = /^(?:08(?!P01)|57P0[1-5]|40001|40P01|53|55P03)/;

function queryFailure(error: unknown): StepFailure {
  if (error instanceof pg.DatabaseError) {
    const { code: sqlState = '', position, constraint } = error;
    const message = `PostgreSQL: ${error.message}`;
    const details = {
      sqlState,
      ...(position === undefined ? {} : { position: Number(position) }),
      ...(constraint === undefined ? {} : { constraint }),
    };
    return { code: 'QUERY_FAILED', message, details, retryable: RETRYABLE.test(sqlState) };
  }
  if (String(error).includes('client password must be')) {
    const message = 'The database asks for a password, and the connection has none. Add it to its secrets.';
    return { code: 'QUERY_FAILED', message, details: { reason: 'password' }, retryable: false };
  }
  const { reason, message } = networkReason(error);
  return { code: 'QUERY_FAILED', message, details: { reason }, retryable: true };
}
