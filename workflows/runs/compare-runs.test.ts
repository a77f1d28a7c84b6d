import { describe, expect, it } from '@jest/globals';
import type { Flow, Step } from '../definitions/model.ts';
import type { Json } from '../json.ts';
import { compareRuns, type ComparedStep } from './compare-runs.ts';

const step = (value: unknown) => value as Step;
const t = (id: string) => step({ id, kind: 'transform', with: { value: 1 } });
const FLOW: Flow = {
  flow: 'v1',
  steps: [
    t('a'),
    step({ id: 'each', kind: 'forEach', items: [1, 2], as: 'n', steps: [t('x'), t('y')] }),
    step({
      id: 'both',
      kind: 'parallel',
      branches: [
        { id: 'l', steps: [t('p')] },
        { id: 'r', steps: [t('q')] },
      ],
    }),
    step({ id: 'call', kind: 'http', with: { url: 'https://example.org/' } }),
  ],
};

const at = '2030-01-01T00:00:00.000Z';
function row(path: string, more: Partial<ComparedStep> = {}): ComparedStep {
  const stepId = path.split('/').at(-1) ?? '';
  const fixed = { path, stepId, status: 'SUCCEEDED', attempt: 1, startedAt: at, finishedAt: at } as const;
  return {
    ...fixed,
    kind: 'transform',
    input: value(null),
    output: value(path),
    error: null,
    reused: false,
    ...more,
  };
}
const value = (json: Json) => ({ value: json });
const failed = (message = 'no') => ({
  status: 'FAILED' as const,
  error: { code: 'FAILED', message, stepId: null, path: null, details: null },
});
const ROWS = [
  ...[row('a'), row('each', { kind: 'forEach' }), row('each[0]/x'), row('each[0]/y'), row('each[1]/x')],
  ...[row('each[1]/y'), row('both', { kind: 'parallel' }), row('both/l/p'), row('both/r/q')],
  row('call', { kind: 'http' }),
];
const PATHS = ROWS.map(({ path }) => path);
/** The same run, with some steps other than they were. */
const changed = (changes: Record<string, Partial<ComparedStep> | null>) =>
  ROWS.filter(({ path }) => changes[path] !== null).map((one) => ({ ...one, ...changes[one.path] }));
const compare = (right: ComparedStep[], left = ROWS) =>
  compareRuns({ id: 'run_left', flow: FLOW, steps: left }, { id: 'run_right', flow: FLOW, steps: right });

describe('compareRuns', () => {
  it('finds equal runs the same, in whatever order their steps came', () => {
    const { same, firstDivergence, steps } = compare([...ROWS].reverse());
    expect([same, firstDivergence]).toEqual([true, null]);
    expect(steps.map(({ path }) => path)).toEqual(PATHS);
    expect(steps[0]).toEqual({
      ...{ path: 'a', same: true, differs: [], slowerByMs: 0 },
      left: { status: 'SUCCEEDED', attempt: 1, durationMs: 0, reused: false },
      right: { status: 'SUCCEEDED', attempt: 1, durationMs: 0, reused: false },
    });
  });

  it('takes the ids of the two runs for the same, also where a result was taken over', () => {
    const given = (id: string, taken: string) =>
      changed({ a: { output: value(taken) }, call: { input: value({ body: { run: id } }) } });
    expect(compare(given('run_right', 'run_left'), given('run_left', 'run_left')).same).toBe(true);
    expect(compare(given('run_other', 'run_left'), given('run_left', 'run_left')).firstDivergence).toEqual({
      path: 'call',
      what: 'INPUT',
      left: { body: { run: '{{ run.id }}' } },
      right: { body: { run: 'run_other' } },
    });
  });

  it('takes the letters of two runs for the same, where a later step speaks of them', () => {
    const sent = (digit: string) => changed({ a: { output: value({ id: `<${digit.repeat(40)}@levqor>` }) } });
    expect(compare(sent('1'), sent('2')).same).toBe(true);
    const other = changed({ a: { output: value({ id: '<1@levqor>' }) } });
    expect(compare(sent('1'), other).same).toBe(false);
  });

  it.each<[string, Record<string, Partial<ComparedStep> | null>, object]>([
    [
      'an output',
      { 'each[1]/x': { output: value(7) } },
      { path: 'each[1]/x', what: 'OUTPUT', left: 'each[1]/x', right: 7 },
    ],
    [
      'an input',
      { a: { input: value(1), output: value(2) } },
      { path: 'a', what: 'INPUT', left: null, right: 1 },
    ],
    [
      'the items of a loop, before what is inside',
      { each: { input: value([1]) }, 'each[1]/x': null, 'each[1]/y': null },
      { path: 'each', what: 'INPUT' },
    ],
    [
      'a failure where it arose, not around it',
      { each: failed(), 'each[1]/y': failed(), both: null, 'both/l/p': null, 'both/r/q': null, call: null },
      { path: 'each[1]/y', what: 'STATUS', left: 'SUCCEEDED', right: 'FAILED' },
    ],
    [
      'a missing step',
      { both: null, 'both/l/p': null, 'both/r/q': null },
      { path: 'both', what: 'MISSING', right: null },
    ],
    [
      'a stored value',
      { call: { output: { sha256: 'ab' } } },
      { path: 'call', what: 'OUTPUT', right: { levqor: 'stored', sha256: 'ab' } },
    ],
    [
      'the first of several in the order of the definition',
      { 'both/r/q': { output: value(1) }, 'both/l/p': { output: value(1) } },
      { path: 'both/l/p' },
    ],
  ])('finds %s', (_, changes, expected) => {
    const { same, firstDivergence } = compare(changed(changes));
    expect(same).toBe(false);
    expect(firstDivergence).toMatchObject(expected);
  });

  it('tells apart two errors, by code and message', () => {
    const left = changed({ call: failed('one') });
    expect(compare(changed({ call: failed('one') }), left).same).toBe(true);
    expect(compare(changed({ call: failed('two') }), left).firstDivergence).toMatchObject({
      ...{ what: 'ERROR', left: { message: 'one' }, right: { message: 'two' } },
    });
  });

  it('does not count what differs at each call, nor the order of keys', () => {
    const answer = (date: string) => ({
      kind: 'http' as const,
      output: value({ status: 200, headers: { date }, body: { a: 1, b: 2 } }),
    });
    const other = {
      kind: 'http' as const,
      output: value({ body: { b: 2, a: 1 }, headers: {}, status: 200 }),
    };
    const left = changed({ call: answer('Monday') });
    expect(compare(changed({ call: answer('Tuesday') }), left).same).toBe(true);
    expect(compare(changed({ call: other }), left).same).toBe(true);
  });

  it('says by how much a step was slower, unless its result was taken over', () => {
    const later = (seconds: number) => ({ finishedAt: `2030-01-01T00:00:0${seconds}.000Z` });
    const left = changed({ a: later(3), call: later(3) });
    const right = changed({ a: later(5), call: { ...later(9), reused: true }, both: null });
    const slower = compare(right, left).steps.map(({ path, slowerByMs }) => [path, slowerByMs]);
    expect(Object.fromEntries(slower)).toMatchObject({ a: 2_000, each: 0, call: null, both: null });
    const back = compare(left, right).steps.find(({ path }) => path === 'a');
    expect(back).toMatchObject({ slowerByMs: -2_000, same: true });
  });

  it('names all that is different about a step', () => {
    const right = changed({ call: { input: value(1), output: value(2), ...failed() }, a: null });
    const differs = compare(right).steps.map(({ path, differs: kinds }) => [path, kinds]);
    expect(Object.fromEntries(differs)).toMatchObject({
      ...{ call: ['INPUT', 'STATUS', 'ERROR', 'OUTPUT'], a: ['MISSING'], each: [] },
    });
  });

  it('cuts long values', () => {
    const { firstDivergence } = compare(changed({ a: { output: value('x'.repeat(5_000)) } }));
    expect(firstDivergence?.right).toHaveLength(2_000);
  });
});
