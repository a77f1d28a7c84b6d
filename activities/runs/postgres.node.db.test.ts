import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type AddressInfo } from 'node:net';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '../../prisma/testing.ts';
import type { PostgresSettings, ResolvedConnection } from '../../workflows/connections/model.ts';
import type { Json, JsonObject } from '../../workflows/json.ts';
import { createEgress, type Egress } from '../egress/index.ts';
import type { EffectCall } from './effect-executor.ts';
import { executePostgres } from './postgres.node.ts';

let database: TestDatabase;
let egress: Egress;
let url: URL;

beforeAll(async () => {
  database = await testDatabase();
  url = new URL(database.ownerUrl);
  egress = createEgress({ allow: `${url.hostname}:${url.port},127.0.0.1:9` });
  await query('CREATE TABLE public.item (id int PRIMARY KEY, note text)');
});
afterAll(() => database.close());

async function query(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  const { rows } = await client.query<JsonObject>(sql);
  await client.end();
  return rows;
}

function connection(more: Partial<PostgresSettings> = {}, password = url.password): ResolvedConnection {
  const settings = {
    host: url.hostname,
    port: Number(url.port),
    database: url.pathname.slice(1),
    user: url.username,
    ...more,
  };
  return { name: 'db', kind: 'POSTGRES', settings, secrets: password === '' ? null : { password } };
}

function run(sql: string, params: Json = [], more: Partial<EffectCall> = {}) {
  const call: EffectCall = {
    with: { connection: 'db', sql, params },
    connection: connection(),
    idempotencyKey: 'run-1/read',
    runId: 'run-1',
    path: 'read',
    signal: new AbortController().signal,
    timeoutSeconds: 20,
    ...more,
  };
  return executePostgres(call, { egress });
}
const value = async (expression: string, params: Json = []) => {
  const result = await run(`SELECT ${expression} AS v`, params);
  if ('error' in result) throw new Error(JSON.stringify(result.error));
  return ((result.output as JsonObject)['rows'] as JsonObject[])[0]?.['v'];
};

describe('values', () => {
  it.each([
    ['null', null],
    ['true', true],
    ['1::int2', 1],
    ['9007199254740991::int8', 9007199254740991],
    ['9007199254740993::int8', '9007199254740993'],
    ['12.50::numeric', 12.5],
    ['0.1::numeric', 0.1],
    ['1234567890.123456789::numeric', '1234567890.123456789'],
    ["'NaN'::numeric", 'NaN'],
    ["'Infinity'::float8", 'Infinity'],
    ['0.30000000000000004::float8', 0.30000000000000004],
    ["'2026-02-03'::date", '2026-02-03'],
    ["'2026-02-03 04:05:06.123456'::timestamp", '2026-02-03T04:05:06.123456'],
    ["'2026-02-03 04:05:06.123456+05:30'::timestamptz", '2026-02-02T22:35:06.123456Z'],
    ["'infinity'::timestamptz", 'infinity'],
    ['\'{"a":[1,null]}\'::jsonb', { a: [1, null] }],
    ["'null'::json", null],
    ["'\\x00ff'::bytea", 'AP8='],
    ['ARRAY[1,null,3]', [1, null, 3]],
    [
      'ARRAY[[1,2],[3,4]]',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ["ARRAY['a,b','\"']", ['a,b', '"']],
    ['ARRAY[\'{"a":1}\'::jsonb]', [{ a: 1 }]],
    ["'00000000-0000-0000-0000-000000000001'::uuid", '00000000-0000-0000-0000-000000000001'],
    ["'請求書'", '請求書'],
  ] as [string, Json][])('%s', async (expression, expected) => {
    expect(await value(expression)).toEqual(expected);
  });

  it.each([
    ['$1::text', "'; DROP TABLE item; --", "'; DROP TABLE item; --"],
    ['$1::int + 1', 41, 42],
    ['$1::numeric', '0.1', 0.1],
    ['$1::boolean', true, true],
    ['$1::text', null, null],
    ['$1::jsonb', { a: ['ü', 1] }, { a: ['ü', 1] }],
    ['$1::jsonb', [{ a: 1 }], [{ a: 1 }]],
    ['2 = ANY($1::int[])', [1, 2], true],
    ['$1::text[]', ['a', null], ['a', null]],
  ] as [string, Json, Json][])('%s with %j', async (expression, param, expected) => {
    expect(await value(expression, [param])).toEqual(expected);
  });

  it('gives rows and their count', async () => {
    expect(await run('SELECT 1 AS a, 2 AS "__proto__", 3 AS a', null)).toEqual({
      output: { rows: [JSON.parse('{"a":3,"__proto__":2}')], rowCount: 1 },
    });
    const written = await run('INSERT INTO item SELECT n, $1 FROM generate_series(1, 3) n', ['x']);
    expect(written).toEqual({ output: { rows: [], rowCount: 3 } });
    expect(await query('SELECT count(*)::int AS n FROM item')).toEqual([{ n: 3 }]);
  });
});

describe('one statement, safely', () => {
  it.each(['SELECT 1; SELECT 2', 'INSERT INTO item VALUES (50); INSERT INTO item VALUES (51)'])(
    'refuses two: %s',
    async (sql) => {
      expect(await run(sql)).toMatchObject({
        error: { code: 'QUERY_FAILED', details: { sqlState: '42601' } },
      });
      expect(await query('SELECT 1 FROM item WHERE id >= 50')).toEqual([]);
    },
  );

  it.each([
    'INSERT INTO item VALUES (60)',
    "WITH off AS (SELECT set_config('transaction_read_only', 'off', true)) INSERT INTO item SELECT 60 FROM off",
    'DO $$ BEGIN SET TRANSACTION READ WRITE; INSERT INTO item VALUES (60); END $$',
    'DO $$ BEGIN COMMIT; SET default_transaction_read_only = off; INSERT INTO item VALUES (60); END $$',
  ])('writes nothing through a read-only connection: %s', async (sql) => {
    const result = await run(sql, [], { connection: connection({ readOnly: true }) });
    expect(result).toMatchObject({ error: { code: 'QUERY_FAILED', retryable: false } });
    expect(await query('SELECT 1 FROM item WHERE id = 60')).toEqual([]);
  });

  it.each([
    ['SELEC 1', '42601', 1],
    ['SELECT missing FROM item', '42703', 8],
    ['INSERT INTO item VALUES (1)', '23505', null],
    ['SELECT $1::int', '22P02', null],
  ])('%s fails with its SQLSTATE', async (sql, sqlState, position) => {
    const result = await run(sql, sql.includes('$1') ? ['x'] : []);
    expect(result).toMatchObject({
      error: { code: 'QUERY_FAILED', retryable: false, details: { sqlState } },
    });
    if (position !== null) expect(result).toMatchObject({ error: { details: { position } } });
  });

  it('refuses too many rows and too many bytes, and then has written nothing', async () => {
    const rows = await run('SELECT 1 AS n FROM generate_series(1, 100001)');
    expect(rows).toMatchObject({ error: { code: 'OUTPUT_TOO_LARGE', retryable: false } });
    const long = "SELECT repeat('x', 1000000) AS t FROM generate_series(1, 60)";
    expect(await run(long)).toMatchObject({ error: { code: 'OUTPUT_TOO_LARGE' } });
    const value = await run("SELECT repeat('x', 120000000) AS t");
    expect(value).toMatchObject({ error: { code: 'OUTPUT_TOO_LARGE' } });
    const writing = 'INSERT INTO item SELECT n FROM generate_series(1000, 120000) n RETURNING id';
    expect(await run(writing)).toMatchObject({ error: { code: 'OUTPUT_TOO_LARGE' } });
    expect(await query('SELECT 1 FROM item WHERE id >= 1000')).toEqual([]);
  });

  it('stops when the signal is aborted, and the write is undone', async () => {
    const signal = AbortSignal.any([AbortSignal.timeout(300)]);
    const sql = 'WITH w AS (INSERT INTO item VALUES (70) RETURNING 1) SELECT pg_sleep(2) FROM w';
    await expect(run(sql, [], { signal, timeoutSeconds: 0.3 })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(await query('SELECT 1 FROM item WHERE id = 70')).toEqual([]);
  });

  it.each([
    [{ connection: 'db', sql: '' }, 'with.sql'],
    [{ connection: 'db', sql: 'SELECT 1\0' }, 'with.sql'],
    [{ connection: 'db', sql: 7 }, 'with.sql'],
    [{ connection: 'db', sql: 'SELECT 1', params: 'x' }, 'with.params'],
  ] as [Json, string][])('refuses %j, naming the field', async (given, field) => {
    expect(await run('', [], { with: given })).toMatchObject({
      error: { code: 'FAILED', details: { field } },
    });
  });
});

describe('the way there', () => {
  it('goes through the guard and names what is wrong', async () => {
    expect(await run('SELECT 1', [], { connection: null })).toMatchObject({
      error: { code: 'CONNECTION_MISSING' },
    });
    const inside = connection({ host: '10.0.0.1' });
    expect(await run('SELECT 1', [], { connection: inside })).toMatchObject({
      error: { code: 'EGRESS_REFUSED', details: { reason: 'address' } },
    });
    const closed = connection({ port: 9 });
    expect(await run('SELECT 1', [], { connection: closed })).toMatchObject({
      error: { code: 'QUERY_FAILED', details: { reason: 'refused' }, retryable: true },
    });
    const wrong = connection({ database: 'nowhere' });
    expect(await run('SELECT 1', [], { connection: wrong })).toMatchObject({
      error: { code: 'QUERY_FAILED', details: { sqlState: '3D000' }, retryable: false },
    });
    const encrypted = connection({ tls: true });
    expect(await run('SELECT 1', [], { connection: encrypted })).toMatchObject({
      error: { code: 'QUERY_FAILED', details: { reason: 'tls' } },
    });
  });

  it('takes a lost connection for something to try again', async () => {
    const sql = 'SELECT pg_terminate_backend(pg_backend_pid())';
    expect(await run(sql)).toMatchObject({ error: { code: 'QUERY_FAILED', retryable: true } });
  });

  it('never sends a password from our own environment', async () => {
    const sent: Buffer[] = [];
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      // AuthenticationCleartextPassword, as a server of an attacker would ask.
      socket.once('data', () => socket.write(Buffer.from('520000000800000003', 'hex')));
      socket.on('data', (data) => {
        sent.push(data);
        if (data[0] === 0x70) socket.destroy();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const before = process.env['PGPASSWORD'];
    process.env['PGPASSWORD'] = 'canary-environment';
    const mine = createEgress({ allow: `127.0.0.1:${port}` });
    const call = { connection: connection({ host: '127.0.0.1', port }, '') };
    const guard = egress;
    egress = mine;
    const result = await run('SELECT 1', [], call);
    egress = guard;
    if (before === undefined) delete process.env['PGPASSWORD'];
    else process.env['PGPASSWORD'] = before;
    await new Promise((resolve) => server.close(resolve));
    expect(result).toHaveProperty('error');
    expect(Buffer.concat(sent).toString()).toContain('p\0\0\0\x05\0');
    expect(Buffer.concat(sent).toString()).not.toContain('canary');
  });
});

describe('secrets', () => {
  it('are in no output and no error that echoes them', async () => {
    const secret = 'canary-pg-pässword/1';
    const call = { connection: connection({}, secret) };
    // Tests run against a server that may trust local connections: either way nothing may show.
    const texts = [secret, Buffer.from(secret).toString('base64'), encodeURIComponent(secret)];
    const results = [
      await run('SELECT $1::text AS a', [texts.join(' ')], call),
      await run(`SELECT ${JSON.stringify(secret)}`, [], call),
      await run(`SELECT '${secret}'::int`, [], call),
      await run('SELECT 1', [], { connection: connection({ user: 'nobody', database: secret }, secret) }),
    ];
    for (const result of results)
      for (const text of texts) expect(JSON.stringify(result)).not.toContain(text);
  });
});
