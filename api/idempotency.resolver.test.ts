import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { buildSchema, getNamedType, isInputObjectType } from 'graphql';
import pg from 'pg';
import { schemaText } from './schema-text.ts';
import { documentFor } from './testing/documents.ts';
import { makeWorld, rootFields, SAMPLES, type World } from './testing/world.ts';
import { openTestApi, type TestApi } from './testing/api.ts';

let api: TestApi;
let world: World;
let admin: pg.Client;
beforeAll(async () => {
  api = await openTestApi();
  admin = new pg.Client({ connectionString: api.house.test.adminUrl });
  await admin.connect();
});
// A new one each time: some operations end what others need.
beforeEach(async () => {
  world = await makeWorld(api);
  // So that there is something to publish.
  await send('saveDraft', inputOf('saveDraft'));
});
afterAll(async () => {
  await admin.end();
  await api.close();
});

// Read before the API is up, since the cases are named when the file is loaded.
const schema = buildSchema(await schemaText());
const repeatable = Object.values(rootFields(schema, 'mutation')).flatMap(({ name, args }) => {
  const type = args[0] && getNamedType(args[0].type);
  return isInputObjectType(type) && 'idempotencyKey' in type.getFields() ? [name] : [];
});

const CALLS = 100;
const inputOf = (name: string) => SAMPLES.mutation[name]?.args(world)['input'] as Record<string, unknown>;
const send = (name: string, input: object, key = world.keys.owner) => {
  const query = documentFor(api.app.schema, 'mutation', { name, depth: 2, only: [] });
  return api.graphql({ query, variables: { input } }, key);
};
const reasons = ({ errors }: Awaited<ReturnType<typeof send>>) =>
  errors.map(({ extensions }) => `${extensions.code} ${extensions.reason}`);

/** What was audited in the organisation, oldest first, and the idempotency keys that there are. */
async function effects(): Promise<{ audited: string[]; keys: string[] }> {
  const { rows } = await admin.query<{ text: string }>(
    `SELECT action || ' ' || target AS text FROM audit_event WHERE tenant_id = $1 ORDER BY sequence`,
    [world.tenant.tenantId],
  );
  const { rows: keys } = await admin.query<{ key: string }>('SELECT key FROM idempotency_key');
  return { audited: rows.map(({ text }) => text), keys: keys.map(({ key }) => key) };
}

/** All keys with all that is kept with them, bytes as hexadecimal and as text. */
async function allKept(): Promise<string> {
  const { rows } = await admin.query<Record<string, unknown>>('SELECT * FROM idempotency_key');
  return rows
    .flatMap((row) => Object.values(row))
    .map((value) =>
      Buffer.isBuffer(value) ? value.toString('hex') + value.toString() : JSON.stringify(value),
    )
    .join('\n');
}

describe('every mutation that makes something', () => {
  it('takes an idempotency key', () => {
    const making = Object.keys(SAMPLES.mutation).filter((name) =>
      /^(create|start|rerun|bulk|rotate|invite|publish|delegate|send|replay)/.test(name),
    );
    expect(making.filter((name) => !repeatable.includes(name))).toEqual([]);
  });
});

describe.each(repeatable)('%s', (name) => {
  it(`does ${CALLS} equal calls at once as one, and gives one answer`, async () => {
    const input = { ...inputOf(name), idempotencyKey: randomUUID() };
    const before = await effects();
    const answers = await Promise.all(Array.from({ length: CALLS }, () => send(name, input)));
    expect(answers.flatMap(reasons)).toEqual([]);
    const [first, ...others] = new Set(answers.map(({ data }) => JSON.stringify(data)));
    expect([first, others]).toEqual([expect.stringContaining(name), []]);
    const after = await effects();
    const audited = after.audited.slice(before.audited.length);
    // One thing done, or each thing of a list of them once; as many answers kept.
    expect([audited.length > 0, audited]).toEqual([true, [...new Set(audited)]]);
    expect(after.keys.length - before.keys.length).toBe(audited.length);
    const kept = await allKept();
    for (const secret of secretsIn(input, first ?? ''))
      for (const text of [secret, Buffer.from(secret).toString('hex')])
        expect([secret, kept.includes(text)]).toEqual([secret, false]);

    // A list of decisions makes a key for each of them.
    if (!after.keys.includes(input.idempotencyKey)) return;
    const other = { name: `Other ${randomUUID()}`, idempotencyKey: input.idempotencyKey };
    expect(reasons(await send('createWorkflow', other))).toEqual(['CONFLICT idempotency_key_reused']);
    if (SAMPLES.mutation[name]?.needs === 'approvals.decide') return;
    expect(reasons(await send(name, input, world.keys.admin))).toEqual(['CONFLICT idempotency_key_reused']);
  }, 60_000);
});

/** What a call sent or got that nobody else may read. */
function secretsIn(input: Record<string, unknown>, answer: string): string[] {
  const sent = Object.values((input['secrets'] as Record<string, string> | undefined) ?? {});
  const [token] = /lvq_\w+_\w{6}/.exec(answer) ?? [];
  const [signing] = /whsec_[\w+/=]+/.exec(answer) ?? [];
  return [...sent, token, signing].filter((text) => text !== undefined);
}
