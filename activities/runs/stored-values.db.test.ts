import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunId } from '../../workflows/ids.ts';
import type { Json } from '../../workflows/json.ts';
import type { RunKey } from '../../workflows/runs/activities.ts';
import { INLINE_BYTES, OUTPUT_BYTES, type Held, type HeldScope } from '../../workflows/runs/model.ts';
import { createChildRun } from './create-child-run.ts';
import { evaluateStored } from './evaluate-stored.ts';
import { holdValue } from './hold-value.ts';
import { readRunValues } from './read-run-values.ts';
import { createValueReader } from './read-value.ts';
import { storeValue } from './store-value.ts';
import { noise, openRunHouse, type RunHouse } from './testing.ts';

type Ref = Exclude<Held, { value: Json }>;

let house: RunHouse;
let key: RunKey;

beforeAll(async () => {
  house = await openRunHouse();
  key = await house.newRun();
});
afterAll(() => house.close());

/** A value stored outside the history. */
async function stored(value: Json, of: RunKey = key, path = 'step'): Promise<Ref> {
  const outcome = await holdValue(house.database, { ...of, path }, { value, outside: true });
  if (!('output' in outcome) || !('ref' in outcome.output)) throw new Error('not stored');
  return outcome.output;
}

const countValues = () =>
  house.database.withTenant(key.tenantId, (db) => db.runValue.count({ where: { tenantId: key.tenantId } }));

describe('holdValue and the reader', () => {
  it('keeps small values inline and stores larger ones, byte for byte', async () => {
    const place = { ...key, path: 'edge' };
    const small = 'x'.repeat(INLINE_BYTES - 2);
    expect(await holdValue(house.database, place, { value: small })).toEqual({ output: { value: small } });
    const large = { 'odd\0': ['half \ud83d', '\u{1f600}', -0.1, null], text: noise(INLINE_BYTES) };
    const held = await stored(large);
    expect(held.bytes).toBe(Buffer.byteLength(JSON.stringify(large)));
    expect(await house.deps.values.read(key, held)).toEqual(large);
  });

  it('makes one row of the same value, however often it is stored', async () => {
    const first = await stored({ a: 1 });
    const count = await countValues();
    expect(await stored({ a: 1 })).toEqual(first);
    expect(await countValues()).toBe(count);
    expect((await stored({ a: 1 }, key, 'other')).ref).not.toBe(first.ref);
  });

  it('holds and reads the largest value, and refuses a larger one', async () => {
    const place = { ...key, path: 'huge' };
    const text = noise(OUTPUT_BYTES - 2);
    const outcome = await holdValue(house.database, place, { value: text });
    if (!('output' in outcome)) throw new Error('refused');
    expect((await house.deps.values.readText(key, outcome.output)).length).toBe(OUTPUT_BYTES);
    expect(await holdValue(house.database, place, { value: `${text}x` })).toMatchObject({
      error: { code: 'OUTPUT_TOO_LARGE', retryable: false },
    });
    const deep = JSON.parse('['.repeat(200_000) + ']'.repeat(200_000)) as Json;
    expect(await holdValue(house.database, place, { value: deep })).toMatchObject({
      error: { code: 'OUTPUT_TOO_LARGE' },
    });
  });

  it('picks elements, again and again, as copies', async () => {
    const held = await stored([{ n: 0 }, { n: 1 }]);
    const picked = (await house.deps.values.read(key, { ...held, at: 1 })) as { n: number };
    picked.n = 99;
    expect(await house.deps.values.read(key, { ...held, at: 1 })).toEqual({ n: 1 });
    expect(await house.deps.values.read(key, { ...held, at: 2 })).toBeNull();
    expect(await house.deps.values.readText(key, { ...held, at: 0 })).toBe('{"n":0}');
  });

  it('reads a stored list once for many picks', async () => {
    const list = Array.from({ length: 2_000 }, (_, n) => ({ n, text: noise(500) }));
    const held = await stored(list);
    let reads = 0;
    const counting = createValueReader({
      ...house.database,
      withTenant: (tenantId, fn) => {
        reads++;
        return house.database.withTenant(tenantId, fn);
      },
    });
    for (let at = 0; at < list.length; at++)
      expect(await counting.read(key, { ...held, at })).toEqual(list[at]);
    expect(reads).toBe(1);
  });

  it('shows a value to its own run only', async () => {
    const held = await stored('mine');
    const sibling = await house.newRun();
    const stranger = await house.newTenant();
    for (const other of [sibling, { ...key, tenantId: stranger.tenantId }]) {
      await expect(house.deps.values.read(other, held)).rejects.toMatchObject({
        type: 'VALUE_MISSING',
        nonRetryable: true,
      });
      await expect(house.deps.values.read(other, { ...held, at: 0 })).rejects.toMatchObject({
        type: 'VALUE_MISSING',
      });
    }
  });

  it('shows a caller what the runs below it made, and none of them what it made', async () => {
    const { name } = await house.publish();
    const call = { path: 'call', workflow: name, version: null, input: { value: {} } };
    const below = async (of: RunKey, depth: number): Promise<RunKey> => {
      const made = await createChildRun(house.deps)({ ...of, ...call, depth });
      if (!('runId' in made)) throw new Error('not made');
      return { ...of, runId: made.runId };
    };
    const child = await below(key, 1);
    const grandchild = await below(child, 2);
    const made = await stored('from far below', grandchild);
    expect(await house.deps.values.read(key, made)).toBe('from far below');
    expect(await house.deps.values.read(child, made)).toBe('from far below');
    const own = await stored('from above');
    await expect(house.deps.values.read(child, own)).rejects.toMatchObject({ type: 'VALUE_MISSING' });
  });
});

describe('storeValue', () => {
  const store = (value: Parameters<ReturnType<typeof storeValue>>[0]['value'], outside = false) =>
    storeValue(house.deps)({ ...key, path: 'joined', value, outside });

  it('joins parts into one list, in order, wherever they are held', async () => {
    const large = noise(INLINE_BYTES);
    const list = await stored(['a', 'b']);
    const outcome = await store({
      list: [{ value: 1 }, await stored(large), { ...list, at: 1 }, { value: null }],
    });
    if (!('output' in outcome)) throw new Error('refused');
    expect(outcome.output).toHaveProperty('ref');
    expect(await house.deps.values.read(key, outcome.output)).toEqual([1, large, 'b', null]);
  });

  it('joins fields into an object, even under odd names', async () => {
    const list = await stored(['a', 'b']);
    const outcome = await store({ fields: { 'quo"te': { ...list, at: 0 }, empty: { value: {} } } });
    expect(outcome).toEqual({ output: { value: { 'quo"te': 'a', empty: {} } } });
  });

  it('moves a small value out of the history when asked to, and leaves a stored one alone', async () => {
    const outcome = await store({ value: 'small' }, true);
    expect(outcome).toEqual({ output: { ref: expect.any(String), bytes: 7 } });
    if (!('output' in outcome)) throw new Error('refused');
    expect(await store(outcome.output, true)).toEqual(outcome);
    expect(await store({ value: 'small' })).toEqual({ output: { value: 'small' } });
  });

  it('refuses what is too large together, before anything is read', async () => {
    const part = { ref: '00000000-0000-8000-8000-000000000000', bytes: OUTPUT_BYTES / 2 + 1 };
    expect(await store({ list: [part, part] })).toMatchObject({ error: { code: 'OUTPUT_TOO_LARGE' } });
  });
});

describe('evaluateStored', () => {
  const scope = (fields: Partial<HeldScope> = {}): HeldScope => ({
    input: { value: { factor: 2 } },
    steps: {},
    vars: {},
    run: { id: 'run_1', startedAt: '2030-01-01T00:00:00.000Z', attempt: 1 },
    ...fields,
  });
  const evaluate = (template: Json, fields: Partial<HeldScope> = {}) =>
    evaluateStored(house.deps)({ ...key, path: 'calc', template, scope: scope(fields) });

  it('sees stored outputs, input, loop variables, errors and the run', async () => {
    const rows = await stored([{ n: 1 }, { n: 2 }]);
    const error = { code: 'HTTP_STATUS', message: 'no', stepId: 'b', path: 'b', details: null };
    const outcome = await evaluate(
      {
        sum: '{{ $sum(steps.a.output.n) * input.factor }}',
        line: '{{ line.n }}',
        code: '{{ steps.b.error.code }}',
        run: '{{ run.id }} at {{ index }}',
      },
      {
        steps: { a: { output: rows }, b: { output: { value: null }, error } },
        vars: { line: { ...rows, at: 1 }, index: { value: 1 } },
      },
    );
    expect(outcome).toEqual({
      output: { value: { sum: 6, line: 2, code: 'HTTP_STATUS', run: 'run_1 at 1' } },
    });
  });

  it('works on lists that are too large for the workflow itself', async () => {
    const rows = Array.from({ length: 30_000 }, (_, n) => ({ n, text: `line ${n} of a long list` }));
    const steps = { a: { output: await stored(rows, key, 'large') } };
    expect(await evaluate('{{ $sum(steps.a.output[n >= 20000].n) }}', { steps })).toEqual({
      output: { value: 249_995_000 },
    });
    const whole = await evaluate('{{ steps.a.output.n }}', { steps });
    expect('output' in whole && (await house.deps.values.read(key, whole.output))).toHaveLength(30_000);
  });

  it('reports expression errors by their code', async () => {
    expect(await evaluate('{{ $number("x") }}')).toMatchObject({
      error: { code: 'EXPRESSION_FAILED', retryable: false, details: { expression: expect.any(String) } },
    });
    expect(await evaluate('{{ $sum([1..99999999]) }}')).toMatchObject({
      error: { code: 'EXPRESSION_LIMIT' },
    });
  });

  it('refuses to load more than fits', async () => {
    const part = { output: { ref: '00000000-0000-8000-8000-000000000000', bytes: OUTPUT_BYTES } };
    expect(await evaluate('{{ 1 }}', { steps: { a: part, b: part, c: part } })).toMatchObject({
      error: { code: 'EXPRESSION_LIMIT', details: { limitBytes: 2 * OUTPUT_BYTES } },
    });
  });
});

describe('readRunValues', () => {
  it('shows values up to 1 MB whole, larger ones as a marker, foreign ones not at all', async () => {
    const small = await stored({ a: 1 });
    const large = await stored(noise(1_048_576));
    const foreign = await stored('theirs', await house.newRun());
    const read = (runId: RunId) =>
      readRunValues(house.tenant.as('viewer'), { runId, refs: [large.ref, small.ref, foreign.ref] });
    expect(await read(key.runId)).toEqual([
      { levqor: 'stored', ref: large.ref, bytes: large.bytes },
      { a: 1 },
      null,
    ]);
    const stranger = await house.newTenant();
    await expect(
      readRunValues(stranger.as('viewer'), { runId: key.runId, refs: [small.ref] }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'run_not_found' });
  });
});
