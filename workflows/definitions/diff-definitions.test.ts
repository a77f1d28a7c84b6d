import { describe, expect, it } from '@jest/globals';
import { diffDefinitions, type DefinitionChange } from './diff-definitions.ts';
import type { Flow, Step } from './model.ts';
import { refundFlow } from './testing/flows.ts';

const note = (id: string, value = 1): Step => ({ id, kind: 'transform', with: { value } });
const flow = (...steps: Step[]): Flow => ({ flow: 'v1', steps });
const attempt = (steps: Step[], handler: Step[]): Step => ({ id: 'try', kind: 'try', steps, catch: handler });
const parallel = (...branches: { id: string; steps: Step[] }[]): Step => ({
  id: 'par',
  kind: 'parallel',
  branches,
});
const branch = (when: string, steps: Step[]): Step => ({
  id: 'box',
  kind: 'branch',
  cases: [{ when, steps }],
});

type Short = [DefinitionChange['kind'], string | null, string];

describe('diffDefinitions', () => {
  it.each<[string, Flow, Flow, Short[]]>([
    ['nothing', refundFlow(), refundFlow(), []],
    ['the layout', refundFlow(), { ...refundFlow(), layout: { charge: { x: 9, y: 9 } } }, []],
    [
      'the order of keys',
      flow({ id: 'a', kind: 'transform', with: { value: { x: 1, y: 2 } } }),
      flow({ with: { value: { y: 2, x: 1 } }, kind: 'transform', id: 'a' }),
      [],
    ],
    ['the name', flow(note('a')), { ...flow(note('a')), name: 'New' }, [['changed', null, '/name']]],
    [
      'other fields of the workflow',
      refundFlow(),
      { ...refundFlow(), input: {}, triggers: [], limits: {}, output: 1 },
      [
        ['changed', null, '/input'],
        ['changed', null, '/triggers'],
        ['changed', null, '/limits'],
        ['changed', null, '/output'],
      ],
    ],
    ['a new step', flow(note('a')), flow(note('b'), note('a')), [['added', 'b', '/steps/0']]],
    ['a step that is gone', flow(note('b'), note('a')), flow(note('a')), [['removed', 'b', '/steps/0']]],
    [
      'a step that went to the end',
      flow(note('a'), note('b'), note('c')),
      flow(note('b'), note('c'), note('a')),
      [['moved', 'a', '/steps/2']],
    ],
    [
      'a step in another container',
      flow(note('a'), attempt([note('b')], [])),
      flow(attempt([note('b'), note('a')], [])),
      [['moved', 'a', '/steps/0/steps/1']],
    ],
    [
      'a step in another part of its container',
      flow(attempt([note('a'), note('b')], [])),
      flow(attempt([note('a')], [note('b')])),
      [['moved', 'b', '/steps/0/catch/0']],
    ],
    [
      'branches side by side in another order',
      flow(parallel({ id: 'x', steps: [note('a')] }, { id: 'y', steps: [note('b')] })),
      flow(parallel({ id: 'y', steps: [note('b')] }, { id: 'x', steps: [note('a')] })),
      [],
    ],
    ['a field', flow(note('a', 1)), flow(note('a', 2)), [['changed', 'a', '/steps/0/with/value']]],
    [
      'a field that is new',
      flow(note('a')),
      flow({ ...note('a'), when: '{{ true }}' }),
      [['changed', 'a', '/steps/0/when']],
    ],
    [
      'a case',
      flow(branch('{{ 1 }}', [note('a')])),
      flow(branch('{{ 2 }}', [note('a')])),
      [['changed', 'box', '/steps/0/cases/0/when']],
    ],
    [
      'a moved step that changed too',
      flow(note('a', 1), note('b'), note('c')),
      flow(note('b'), note('c'), note('a', 2)),
      [
        ['moved', 'a', '/steps/2'],
        ['changed', 'a', '/steps/2/with/value'],
      ],
    ],
    [
      'another kind',
      flow(note('a')),
      flow({ id: 'a', kind: 'fail', with: { message: 'x' } }),
      [
        ['changed', 'a', '/steps/0/kind'],
        ['changed', 'a', '/steps/0/with/message'],
        ['changed', 'a', '/steps/0/with/value'],
      ],
    ],
  ])('tells of %s', (...[_, from, to, expected]) => {
    const changes = diffDefinitions(from, to);
    expect(changes.map(({ kind, stepId, path }) => [kind, stepId, path])).toEqual(expected);
  });

  it('says it in words, with short values', () => {
    const [change] = diffDefinitions(
      flow(note('a')),
      flow({ id: 'a', kind: 'transform', with: { value: 'x'.repeat(500) } }),
    );
    expect(change).toMatchObject({ message: '"with.value" of step "a" was changed.', before: '1' });
    expect(change?.after).toHaveLength(120);
    expect(
      diffDefinitions(flow(note('a'), attempt([note('b')], [])), flow(attempt([note('b'), note('a')], [])))[0]
        ?.message,
    ).toBe('Step "a" was moved to "steps" of "try".');
    expect(diffDefinitions(flow(note('a')), flow({ ...note('a'), name: 'New' }))[0]).not.toHaveProperty(
      'before',
    );
  });
});
