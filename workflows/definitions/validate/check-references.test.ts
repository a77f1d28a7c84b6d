import { describe, expect, it } from '@jest/globals';
import type { Json, JsonObject } from '../../json.ts';
import { flowWith, note } from '../testing/flows.ts';
import { validateDefinition } from '../validate-definition.ts';

/** A step that uses an expression. */
const uses = (expression: string, id = 'user'): JsonObject => note(id, `{{ ${expression} }}`);
const branch = (...lists: JsonObject[][]): JsonObject => ({
  id: 'box',
  kind: 'branch',
  cases: lists.map((steps) => ({ when: '{{ true }}', steps })),
  otherwise: [],
});
const parallel = (...lists: JsonObject[][]): JsonObject => ({
  id: 'box',
  kind: 'parallel',
  branches: lists.map((steps, i) => ({ id: `b${i}`, steps })),
});
const each = (steps: JsonObject[], fields: JsonObject = {}): JsonObject => ({
  id: 'box',
  kind: 'forEach',
  items: [1],
  as: 'item',
  steps,
  ...fields,
});
const loop = (steps: JsonObject[], condition = '{{ true }}'): JsonObject => ({
  id: 'box',
  kind: 'while',
  condition,
  maxIterations: 2,
  steps,
});
const attempt = (steps: JsonObject[], parts: JsonObject): JsonObject => ({
  id: 'box',
  kind: 'try',
  steps,
  ...parts,
});

const inner = note('inner');
const first = note('first');
const useInner = uses('steps.inner.output');
const useFirst = uses('steps.first.output');

function codes(steps: Json, fields: JsonObject = {}): string[] {
  return validateDefinition(flowWith(steps, fields)).map(({ code }) => code);
}

describe('what an expression of a step can see', () => {
  it.each<[string, Json]>([
    ['an earlier step', [first, useFirst]],
    ['an earlier step from inside a case', [first, branch([useFirst])]],
    ['an earlier step of the same case', [branch([inner, useInner])]],
    [
      'an earlier step of an enclosing list, two levels up',
      [first, branch([each([useFirst], { id: 'deep' })])],
    ],
    ['a container that is over', [branch([inner]), uses('steps.box.output')]],
    ['the item and index of its loop', [each([uses('[item, index]')])]],
    ['the item of an outer loop', [each([each([uses('[item, other]')], { id: 'deep', as: 'other' })])]],
    ['index in a while', [loop([uses('index')])]],
    ['the body of a while in its condition', [loop([inner], '{{ steps.inner.output != 1 and index < 3 }}')]],
    [
      'the error in catch, and in what is nested there',
      [attempt([inner], { catch: [each([uses('error.code')], { id: 'deep' })] })],
    ],
    [
      'the outer scope in catch and finally',
      [first, attempt([inner], { catch: [useFirst], finally: [uses('steps.first', 'last')] })],
    ],
    ['fields of the run', [uses('run.id & run.startedAt & run.attempt')]],
    ['the error of a step that went on', [first, uses('steps.first.error.code')]],
    ['a step whose name is worked out', [first, uses('$lookup(steps, input.which)')]],
    ['a dashed step in backticks', [note('give-up'), uses('steps.`give-up`.output')]],
  ])('%s', (_, steps) => {
    expect(codes(steps)).toEqual([]);
  });

  it.each<[string, Json, string, RegExp]>([
    ['itself', [uses('steps.user.output')], 'STEP_NOT_VISIBLE', /this step itself/],
    ['a later step', [useFirst, first], 'STEP_NOT_VISIBLE', /runs later/],
    ['a step inside a later container', [useInner, branch([inner])], 'STEP_NOT_VISIBLE', /runs later/],
    ['a container from inside', [branch([uses('steps.box.output')])], 'STEP_NOT_VISIBLE', /still running/],
    [
      'a step inside a container that is over',
      [branch([inner]), useInner],
      'STEP_NOT_VISIBLE',
      /inside "box".*steps\.box\.output/,
    ],
    [
      'a step two containers down',
      [branch([each([inner], { id: 'deep' })]), useInner],
      'STEP_NOT_VISIBLE',
      /inside "box"/,
    ],
    ['a step of another case', [branch([inner], [useInner])], 'STEP_NOT_VISIBLE', /another branch of "box"/],
    [
      'a step of a parallel branch',
      [parallel([inner], [useInner])],
      'STEP_NOT_VISIBLE',
      /another branch of "box"/,
    ],
    [
      'the try steps from catch',
      [attempt([inner], { catch: [useInner] })],
      'STEP_NOT_VISIBLE',
      /may have stopped before/,
    ],
    [
      'the try steps from finally',
      [attempt([inner], { finally: [useInner] })],
      'STEP_NOT_VISIBLE',
      /may have stopped before/,
    ],
    ['catch from the try steps', [attempt([useInner], { catch: [inner] })], 'STEP_NOT_VISIBLE', /runs later/],
    ['a later step of the round before', [loop([useInner, inner])], 'STEP_NOT_VISIBLE', /runs later/],
    [
      'a loop body from its items',
      [each([inner], { items: '{{ steps.inner.output }}' })],
      'STEP_NOT_VISIBLE',
      /inside this step/,
    ],
    ['a step that is not there', [uses('steps.nobody.output')], 'STEP_UNKNOWN', /no step "nobody"/],
    [
      'a loop variable outside its loop',
      [each([inner]), uses('item')],
      'NAME_UNKNOWN',
      /Known here: input, steps, run/,
    ],
    ['index outside a loop', [uses('index')], 'NAME_UNKNOWN', /steps of a loop/],
    ['the error outside catch', [attempt([uses('error.code')], { catch: [] })], 'NAME_UNKNOWN', /of "catch"/],
    ['a step without "steps."', [first, uses('first.output')], 'NAME_UNKNOWN', /steps\.first\.output/],
    ['a result without ".output"', [first, uses('steps.first.body')], 'NAME_UNKNOWN', /steps\.first\.output/],
    ['a field that the run does not have', [uses('run.number')], 'NAME_UNKNOWN', /id, startedAt, attempt/],
  ])('but not %s', (...[_, steps, code, message]) => {
    const issues = validateDefinition(flowWith(steps));
    expect(issues.map((issue) => issue.code)).toEqual([code]);
    expect(issues[0]?.message).toMatch(message);
  });

  it('looks at "when" before the step itself runs', () => {
    expect(codes([{ ...first, when: '{{ steps.first.output }}' }])).toEqual(['STEP_NOT_VISIBLE']);
  });
});

describe('what other expressions can see', () => {
  it('the output sees the top-level steps', () => {
    expect(codes([first], { output: { a: '{{ steps.first.output }}' } })).toEqual([]);
    const [issue] = validateDefinition(flowWith([branch([inner])], { output: '{{ steps.inner.output }}' }));
    expect(issue).toMatchObject({ path: '/output', stepId: null, code: 'STEP_NOT_VISIBLE' });
    expect(issue?.message).toContain('steps.box.output');
  });

  it('a webhook sees the call, and the limit key the input', () => {
    const webhook = (input: string): JsonObject => ({ triggers: [{ kind: 'webhook', input }] });
    const key = (text: string): JsonObject => ({ limits: { concurrency: { key: text, limit: 1 } } });
    expect(codes([first], webhook('{{ [method, query.a, headers.b, body] }}'))).toEqual([]);
    expect(codes([first], webhook('{{ input.a }}'))).toEqual(['NAME_UNKNOWN']);
    expect(codes([first], key('{{ input.a }}-{{ input.b }}'))).toEqual([]);
    expect(codes([first], key('{{ steps.first.output }}'))).toContain('STEP_NOT_VISIBLE');
  });
});
