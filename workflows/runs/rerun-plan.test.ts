import { describe, expect, it } from '@jest/globals';
import type { Flow, Step, StepKind } from '../definitions/model.ts';
import type { Json } from '../json.ts';
import type { StepStatus } from './model.ts';
import type { PastStep } from './past-steps.ts';
import { findPastStep, planRerun, type RerunPlan } from './rerun-plan.ts';

const step = (value: unknown) => value as Step;
const t = (id: string, value: Json = 1, more = {}) =>
  step({ id, kind: 'transform', with: { value }, ...more });
const post = (id: string, more = {}) =>
  step({ id, kind: 'http', with: { method: 'POST', url: 'https://example.org/', ...more } });
const gate = (id: string) => step({ id, kind: 'approval', with: { title: id } });
const each = (id: string, steps: Step[], more = {}) =>
  step({ id, kind: 'forEach', items: [1, 2, 3], as: 'n', steps, ...more });
const flowOf = (...steps: Step[]): Flow => ({ flow: 'v1', steps });

/** Rows of a run, each as `path kind status`; the output of a step is its path. */
function past(...lines: string[]): PastStep[] {
  return lines.map((line, sequence) => {
    const [path = '', kind = '', status = 'SUCCEEDED', attempt = '1'] = line.split(' ');
    const stepId =
      path
        .split('/')
        .at(-1)
        ?.replace(/\[\d+\]$/, '') ?? '';
    const error = { code: 'FAILED', message: 'no', stepId, path, details: null };
    return {
      ...{ path, stepId, kind: kind as StepKind, status: status as StepStatus, sequence },
      attempt: Number(attempt),
      input: kind === 'forEach' ? { value: [1, 2, 3] } : null,
      output: { value: status === 'SUCCEEDED' ? path : null },
      error: status === 'FAILED' ? error : null,
    };
  });
}

interface Case {
  flow: Flow;
  rows: PastStep[];
  from: string;
  /** Another version than the one that ran. */
  to?: Flow;
}

function plan({ flow, rows, from, to = flow }: Case): RerunPlan {
  const made = planRerun({ flow, steps: rows, response: null }, to, from);
  if (!made) throw new Error('no plan');
  return made;
}
const short = ({ startsAt, reused, asksAgain, changed }: RerunPlan) => ({
  startsAt,
  reused,
  ...(asksAgain.length > 0 && { asksAgain }),
  ...(changed.length > 0 && { changed }),
});

const branch = flowOf(
  t('a'),
  step({
    id: 'br',
    kind: 'branch',
    cases: [{ when: '{{ true }}', steps: [t('x'), t('y')] }],
    otherwise: [t('z')],
  }),
  t('end'),
);
const branchRows = past('a transform', 'br branch', 'br/x transform', 'br/y transform', 'end transform');
const both = flowOf(
  step({
    id: 'both',
    kind: 'parallel',
    branches: [
      { id: 'l', steps: [t('l1'), t('l2')] },
      { id: 'r', steps: [t('r1'), t('r2')] },
    ],
  }),
);
const bothRows = past(
  'both parallel FAILED',
  'both/l/l1 transform',
  'both/l/l2 transform FAILED',
  'both/r/r1 transform',
  'both/r/r2 transform CANCELLED',
);
const loop = flowOf(each('each', [t('p'), t('q')]));
const wide = flowOf(each('each', [t('p'), t('q')], { concurrency: 3 }));
const loopRows = past(
  'each forEach',
  ...[0, 1, 2].flatMap((i) => [`each[${i}]/p transform`, `each[${i}]/q transform`]),
);
const safe = flowOf(
  step({ id: 'safe', kind: 'try', steps: [t('s1'), t('s2')], catch: [t('c1')], finally: [t('f1')] }),
);
const safeRows = past(
  ...['safe try', 'safe/s1 transform', 'safe/s2 transform FAILED', 'safe/c1 transform', 'safe/f1 transform'],
);
const poll = flowOf(
  t('a'),
  step({ id: 'poll', kind: 'while', condition: '{{ index < 2 }}', maxIterations: 9, steps: [t('w')] }),
);
const pollRows = past('a transform', 'poll while', 'poll[0]/w transform', 'poll[1]/w transform');
const nested = flowOf(
  t('a'),
  each('outer', [
    step({ id: 'inner', kind: 'parallel', branches: [{ id: 'one', steps: [t('n1'), t('n2')] }] }),
  ]),
);
const nestedRows = past(
  ...['a transform', 'outer forEach FAILED', 'outer[0]/inner parallel', 'outer[0]/inner/one/n1 transform'],
  ...['outer[0]/inner/one/n2 transform', 'outer[1]/inner parallel FAILED'],
  ...['outer[1]/inner/one/n1 transform', 'outer[1]/inner/one/n2 transform FAILED'],
);

describe('where it begins, and what it takes over', () => {
  it.each<[string, Case, object]>([
    ['the first step', { flow: branch, rows: branchRows, from: 'a' }, { startsAt: 'a', reused: [] }],
    [
      'a step after a container',
      { flow: branch, rows: branchRows, from: 'end' },
      { startsAt: 'end', reused: ['a', 'br', 'br/x', 'br/y'] },
    ],
    [
      'a step in a case',
      { flow: branch, rows: branchRows, from: 'br/y' },
      { startsAt: 'br/y', reused: ['a', 'br/x'] },
    ],
    [
      'a step in a branch: the finished ones of the others too',
      { flow: both, rows: bothRows, from: 'both/l/l2' },
      { startsAt: 'both/l/l2', reused: ['both/l/l1', 'both/r/r1'] },
    ],
    [
      'a step in a loop: earlier items, no later ones',
      { flow: loop, rows: loopRows, from: 'each[1]/q' },
      { startsAt: 'each[1]/q', reused: ['each[0]/p', 'each[0]/q', 'each[1]/p'] },
    ],
    [
      'a step in a loop of many at once: all other items',
      { flow: wide, rows: loopRows, from: 'each[1]/q' },
      { startsAt: 'each[1]/q', reused: ['each[0]/p', 'each[0]/q', 'each[1]/p', 'each[2]/p', 'each[2]/q'] },
    ],
    [
      'a step in a try',
      { flow: safe, rows: safeRows, from: 'safe/s2' },
      { startsAt: 'safe/s2', reused: ['safe/s1'] },
    ],
    ['a step in catch', { flow: safe, rows: safeRows, from: 'safe/c1' }, { startsAt: 'safe', reused: [] }],
    ['a step in finally', { flow: safe, rows: safeRows, from: 'safe/f1' }, { startsAt: 'safe', reused: [] }],
    [
      'a step in a while',
      { flow: poll, rows: pollRows, from: 'poll[1]/w' },
      { startsAt: 'poll', reused: ['a'] },
    ],
    [
      'a step deep inside',
      { flow: nested, rows: nestedRows, from: 'outer[1]/inner/one/n2' },
      {
        startsAt: 'outer[1]/inner/one/n2',
        reused: [
          ...['a', 'outer[0]/inner', 'outer[0]/inner/one/n1', 'outer[0]/inner/one/n2'],
          'outer[1]/inner/one/n1',
        ],
      },
    ],
  ])('%s', (_, given, expected) => {
    expect(short(plan(given))).toEqual(expected);
  });

  it('moves out of a container that was tried more than once, or that has other settings now', () => {
    const rows = past(
      'a transform',
      'br branch FAILED 2',
      'br/x transform SUCCEEDED 2',
      'br/y transform FAILED',
    );
    const tried = plan({ flow: branch, rows, from: 'br/y' });
    expect([tried.startsAt, tried.movedBecause]).toEqual(['br', expect.stringContaining('more than once')]);
    const [a, br, end] = branch.steps as [Step, Step, Step];
    const asked = step({ ...br, cases: [{ when: '{{ false }}', steps: [t('x'), t('y')] }] });
    const changed = plan({ flow: branch, rows: branchRows, from: 'br/y', to: flowOf(a, asked, end) });
    expect([changed.startsAt, changed.movedBecause]).toEqual(['br', expect.stringContaining('settings')]);
    const renamed = plan({
      flow: branch,
      rows: branchRows,
      from: 'br/y',
      to: flowOf(a, step({ ...br, name: 'N' }), end),
    });
    expect(renamed.startsAt).toBe('br/y');
  });

  it('moves out of a loop whose items are not known', () => {
    const rows = loopRows.map((row) => ({ ...row, input: null }));
    expect(plan({ flow: loop, rows, from: 'each[1]/q' }).startsAt).toBe('each');
  });

  it('gives nothing for a step that stands elsewhere in the version', () => {
    const flow = flowOf(t('a'));
    for (const from of ['b', 'a[0]', 'a/x', 'a/', '', '[0]'])
      expect(planRerun({ flow, steps: past('a transform'), response: null }, flow, from)).toBeNull();
  });
});

describe('what it takes over', () => {
  it('is the outcome as it was: skipped, or failed and gone on', () => {
    const flow = flowOf(t('a', 1, { when: '{{ false }}' }), t('b', 1, { onError: 'continue' }), t('c'));
    const rows = past('a transform SKIPPED', 'b transform FAILED', 'c transform');
    const { seed, reused } = plan({ flow, rows, from: 'c' });
    expect(reused).toEqual(['a', 'b']);
    expect(seed.journal.children).toEqual({
      a: { done: { output: { value: null }, skipped: true } },
      b: { done: { output: { value: null }, error: expect.objectContaining({ path: 'b' }) } },
    });
  });

  it('are no steps of another kind, no new ones, and no failure that now ends the run', () => {
    const flow = flowOf(t('a'), t('b', 1, { onError: 'continue' }), t('end'));
    const to = flowOf(post('a'), t('b'), t('new'), t('end'));
    const rows = past('a transform', 'b transform FAILED', 'end transform');
    expect(short(plan({ flow, rows, from: 'end', to }))).toEqual({
      ...{ startsAt: 'end', reused: [], changed: ['a', 'b'] },
    });
  });

  it('are changed steps before the start, but none beside it', () => {
    const other = (id: string) => t(id, 2);
    const before = flowOf(other('a'), ...branch.steps.slice(1));
    const kept = plan({ flow: branch, rows: branchRows, from: 'end', to: before });
    expect(short(kept)).toMatchObject({ reused: ['a', 'br', 'br/x', 'br/y'], changed: ['a'] });
    const beside = flowOf(each('each', [t('p'), other('q')], { concurrency: 3 }));
    expect(short(plan({ flow: wide, rows: loopRows, from: 'each[1]/q', to: beside }))).toEqual({
      startsAt: 'each[1]/q',
      reused: ['each[0]/p', 'each[0]/q', 'each[1]/p', 'each[2]/p'],
      changed: ['each[0]/q', 'each[2]/q'],
    });
  });

  it('is small: a finished item keeps its output alone', () => {
    const { seed } = plan({ flow: loop, rows: loopRows, from: 'each[1]/q' });
    expect(seed).toEqual({
      journal: {
        children: {
          each: {
            attempts: 1,
            open: { items: { value: [1, 2, 3] } },
            children: {
              '[0]': { done: { output: { value: 'each[0]/q' } } },
              '[1]': { children: { p: { done: { output: { value: 'each[1]/p' } } } } },
            },
          },
        },
      },
      response: null,
      sequence: 4,
    });
  });

  it('is the answer, when the step that gave it is taken over', () => {
    const flow = flowOf(step({ id: 'answer', kind: 'respond', with: {} }), t('b'));
    const response = { status: 200, headers: {}, body: 'hello' };
    const rows = past('answer respond', 'b transform');
    const of = (from: string) => planRerun({ flow, steps: rows, response }, flow, from)?.seed.response;
    expect([of('b'), of('answer')]).toEqual([response, null]);
  });
});

describe('approvals', () => {
  const rows = past('gate approval', 'a transform', 'b transform');
  it('are asked for again, and what follows them stays', () => {
    const { seed, ...rest } = plan({ flow: flowOf(gate('gate'), t('a'), t('b')), rows, from: 'b' });
    expect(short({ seed, ...rest })).toEqual({ startsAt: 'b', reused: ['a'], asksAgain: ['gate'] });
    expect(seed.journal.children?.['gate']).toBeUndefined();
  });

  it.each<[string, Step, string[], string[]]>([
    [
      'a branch',
      step({ id: 'c', kind: 'branch', cases: [{ when: '{{ true }}', steps: [gate('g'), t('x')] }] }),
      ['c branch', 'c/g approval', 'c/x transform'],
      ['c/x'],
    ],
    [
      'a try',
      step({ id: 'c', kind: 'try', steps: [gate('g'), t('x')], finally: [t('f')] }),
      ['c try', 'c/g approval', 'c/x transform', 'c/f transform'],
      ['c/x', 'c/f'],
    ],
    [
      'a parallel',
      step({
        id: 'c',
        kind: 'parallel',
        branches: [
          { id: 'l', steps: [gate('g')] },
          { id: 'r', steps: [t('x')] },
        ],
      }),
      ['c parallel', 'c/l/g approval', 'c/r/x transform'],
      ['c/r/x'],
    ],
    [
      'a loop',
      each('c', [gate('g'), t('x')]),
      ['c forEach', 'c[0]/g approval', 'c[0]/x transform', 'c[1]/g approval', 'c[1]/x transform'],
      ['c[0]/x', 'c[1]/x'],
    ],
    [
      'a while, which is done again whole',
      step({
        id: 'c',
        kind: 'while',
        condition: '{{ index < 1 }}',
        maxIterations: 9,
        steps: [gate('g'), t('x')],
      }),
      ['c while', 'c[0]/g approval', 'c[0]/x transform'],
      [],
    ],
    [
      'a try whose catch ran, which is done again whole',
      step({ id: 'c', kind: 'try', steps: [gate('g'), t('x')], catch: [t('y')] }),
      ['c try', 'c/g approval', 'c/x transform FAILED', 'c/y transform'],
      [],
    ],
  ])('inside %s', (_, container, lines, reused) => {
    const made = plan({
      flow: flowOf(container, t('end')),
      rows: past(...lines, 'end transform'),
      from: 'end',
    });
    expect(made.reused).toEqual(reused);
    expect(made.asksAgain).toEqual(lines.filter((l) => l.includes('approval')).map((l) => l.split(' ')[0]));
    expect(JSON.stringify(made.seed)).not.toContain('granted');
  });

  it('that nobody was asked for leave their container as it was', () => {
    const container = step({
      id: 'c',
      kind: 'branch',
      cases: [{ when: '{{ false }}', steps: [gate('g')] }],
      otherwise: [t('x')],
    });
    const made = plan({
      flow: flowOf(container, t('end')),
      rows: past('c branch', 'c/x transform', 'end transform'),
      from: 'end',
    });
    expect(short(made)).toEqual({ startsAt: 'end', reused: ['c', 'c/x'] });
  });
});

describe('what is done outside once more', () => {
  it('is listed with what it does, its class, and whether the other side can know', () => {
    const own = { headers: { 'Idempotency-Key': '{{ input.id }}' } };
    const flow = flowOf(
      ...[post('before'), post('pay'), post('own', own), post('read', { method: 'GET' })],
      step({ id: 'mail', kind: 'email', with: { to: 'a@example.org', subject: 's' } }),
      step({ id: 'sub', kind: 'callWorkflow', with: { workflow: 'other' } }),
      post('off'),
    );
    const rows = past(
      ...['before http', 'pay http', 'own http', 'read http', 'mail email FAILED', 'sub callWorkflow'],
      'off http SKIPPED',
    );
    const { repeats } = plan({ flow, rows, from: 'pay' });
    expect(
      repeats.map(({ path, summary, class: grade, idempotent, status }) => ({
        path,
        summary,
        grade,
        idempotent,
        status,
      })),
    ).toEqual([
      {
        path: 'pay',
        summary: 'POST https://example.org/',
        grade: 'A',
        idempotent: true,
        status: 'SUCCEEDED',
      },
      {
        path: 'own',
        summary: 'POST https://example.org/',
        grade: 'A',
        idempotent: true,
        status: 'SUCCEEDED',
      },
      {
        path: 'read',
        summary: 'GET https://example.org/',
        grade: null,
        idempotent: false,
        status: 'SUCCEEDED',
      },
      { path: 'mail', summary: 'e-mail to a@example.org', grade: 'A', idempotent: false, status: 'FAILED' },
      { path: 'sub', summary: 'a run of other', grade: null, idempotent: false, status: 'SUCCEEDED' },
    ]);
    expect(repeats.map(({ note }) => note)).toEqual([
      expect.stringContaining('takes it for a new call'),
      expect.stringContaining('the same key again'),
      'It only reads.',
      expect.stringContaining('cannot tell'),
      'It starts another run of that workflow.',
    ]);
  });
});

describe('findPastStep', () => {
  it('takes a path, or the id of a step that the run came to once', () => {
    expect(findPastStep(loopRows, 'each[1]/q')).toMatchObject({ path: 'each[1]/q' });
    expect(findPastStep(bothRows, 'l2')).toMatchObject({ path: 'both/l/l2' });
    expect(findPastStep(loopRows, 'q')).toBe('ambiguous');
    expect(findPastStep(loopRows, 'x')).toBe('unknown');
  });
});
