import { describe, expect, it } from '@jest/globals';
import type { Json } from '../graphql/graphql.ts';
import { flowOutline } from './flow-outline.ts';

const transform = (id: string): Json => ({ id, kind: 'transform' });

describe('the outline of a definition', () => {
  it('holds each step with all that is inside it', () => {
    const steps: Json = [
      { id: 'a', kind: 'http', name: 'Ask' },
      {
        id: 'b',
        kind: 'branch',
        cases: [{ when: '{{ x }}', steps: [transform('c')] }],
        otherwise: [transform('d')],
      },
      { id: 'e', kind: 'try', steps: [transform('f')], catch: [transform('g')], finally: [transform('h')] },
      { id: 'i', kind: 'parallel', branches: [{ id: 'left', steps: [transform('j')] }] },
    ];
    const outline = flowOutline({ flow: 'v1', steps });
    expect(outline.map(({ name }) => name)).toEqual(['Ask', 'b', 'e', 'i']);
    expect(
      outline.map(({ groups }) => groups.map(({ kind, label, steps: [first] }) => [kind, label, first?.id])),
    ).toEqual([
      [],
      [
        ['case', '{{ x }}', 'c'],
        ['otherwise', '', 'd'],
      ],
      [
        ['body', '', 'f'],
        ['catch', '', 'g'],
        ['finally', '', 'h'],
      ],
      [['branch', 'left', 'j']],
    ]);
  });

  it.each<[Json]>([[null], ['x'], [[]], [{}], [{ steps: 'x' }], [{ steps: [1, null, 'x'] }]])(
    'of %j is empty',
    (draft) => expect(flowOutline(draft)).toEqual([]),
  );

  it('ends somewhere', () => {
    let steps: Json = [transform('last')];
    for (let i = 0; i < 100; i += 1) steps = [{ id: `s${i}`, kind: 'try', steps }];
    expect(JSON.stringify(flowOutline({ steps })).length).toBeLessThan(2_000);
  });
});
