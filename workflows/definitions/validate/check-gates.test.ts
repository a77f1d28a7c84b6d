import { describe, expect, it } from '@jest/globals';
import type { Json, JsonObject } from '../../json.ts';
import { dropTable, flowWith, gate, note } from '../testing/flows.ts';
import { validateDefinition } from '../validate-definition.ts';

const wipe = dropTable('wipe');
const yes = gate('yes');
const branch = (cases: JsonObject[][], otherwise?: JsonObject[], besides: JsonObject = {}): JsonObject => ({
  id: 'box',
  kind: 'branch',
  cases: cases.map((steps) => ({ when: '{{ input.x }}', steps })),
  ...(otherwise ? { otherwise } : {}),
  ...besides,
});
const each = (...steps: JsonObject[]): JsonObject => ({
  id: 'loop',
  kind: 'forEach',
  items: [1],
  as: 'x',
  steps,
});
const attempt = (steps: JsonObject[], parts: JsonObject): JsonObject => ({
  id: 'try',
  kind: 'try',
  steps,
  ...parts,
});
const parallel = (...lists: JsonObject[][]): JsonObject => ({
  id: 'par',
  kind: 'parallel',
  branches: lists.map((steps, i) => ({ id: `b${i}`, steps })),
});

function ungated(steps: Json): (string | null)[] {
  const issues = validateDefinition(flowWith(steps));
  expect(issues.filter(({ code }) => code !== 'GATE_MISSING')).toEqual([]);
  return issues.map(({ stepId }) => stepId);
}

describe('a Class C action', () => {
  it.each<[string, Json]>([
    ['right behind an approval', [yes, wipe]],
    ['later in the same list', [yes, note('n'), wipe]],
    ['in a container behind an approval', [yes, branch([[each(wipe)]])]],
    ['in the same case', [branch([[yes, wipe]])]],
    ['behind a branch that asks on every way', [branch([[yes]], [gate('other')]), wipe]],
    [
      'behind nested branches that ask on every way',
      [branch([[branch([[yes]], [gate('b')], { id: 'in' })]], [gate('c')]), wipe],
    ],
    ['behind an approval of no stated class: facts raise it', [gate('yes', {}), wipe]],
    ['in a loop that asks each time', [each(yes, wipe)]],
    ['in catch, when asked before the try', [yes, attempt([note('n')], { catch: [wipe] })]],
    ['in the try steps behind their approval', [attempt([yes, wipe], { catch: [] })]],
  ])('may stand %s', (_, steps) => {
    expect(ungated(steps)).toEqual([]);
  });

  it.each<[string, Json]>([
    ['alone', [wipe]],
    ['before its approval', [wipe, yes]],
    ['behind an approval of a lower class', [gate('yes', { class: 'B' }), wipe]],
    [
      'behind an approval that goes on when denied',
      [gate('yes', { class: 'C', onDenied: 'continue' }), wipe],
    ],
    [
      'behind an approval whose failure is passed over',
      [gate('yes', { class: 'C' }, { onError: 'continue' }), wipe],
    ],
    [
      'behind an approval that may be skipped',
      [gate('yes', { class: 'C' }, { when: '{{ input.x }}' }), wipe],
    ],
    ['behind a branch without otherwise', [branch([[yes]]), wipe]],
    ['behind a branch with an empty way', [branch([[yes]], []), wipe]],
    ['behind a branch that may be skipped', [branch([[yes]], [gate('b')], { when: '{{ input.x }}' }), wipe]],
    [
      'behind a branch whose failure is passed over',
      [branch([[yes]], [gate('b')], { onError: 'continue' }), wipe],
    ],
    ['behind an approval in a parallel branch', [parallel([yes], [note('n')]), wipe]],
    ['beside an approval in a parallel branch', [parallel([yes], [wipe])]],
    ['behind an approval in a try', [attempt([yes], { catch: [] }), wipe]],
    ['in catch, when asked in the try', [attempt([yes], { catch: [wipe] })]],
    ['in finally, when asked in the try', [attempt([yes], { finally: [wipe] })]],
    ['behind an approval in a loop', [each(yes), wipe]],
    ['in another case than its approval', [branch([[yes], [wipe]], [])]],
  ])('may not stand %s', (_, steps) => {
    expect(ungated(steps)).toEqual(['wipe']);
  });

  it('leaves lower classes to the run', () => {
    expect(
      ungated([{ id: 'del', kind: 'http', with: { url: 'https://a.example', method: 'DELETE' } }]),
    ).toEqual([]);
  });
});
