import { describe, expect, it } from '@jest/globals';
import type { Flow, Step } from '../definitions/model.ts';
import { findStep, testPlanIssues, type TestPlan } from './test-plan.ts';

const step = (value: unknown) => value as Step;
const note = (id: string) => step({ id, kind: 'transform', with: { value: 1 } });
const FLOW: Flow = {
  flow: 'v1',
  steps: [
    note('before'),
    step({
      id: 'safe',
      kind: 'try',
      steps: [step({ id: 'lines', kind: 'forEach', items: '{{ [1] }}', as: 'n', steps: [note('inner')] })],
      catch: [note('caught')],
      finally: [note('end')],
    }),
  ],
};
const given = { output: 1 };
const plan = (fields: object) =>
  ({ pins: {}, until: null, only: null, vars: {}, unpinnedEffects: 'FAIL', ...fields }) as TestPlan;

describe('testPlanIssues', () => {
  it.each<[string, object, string[]]>([
    ['nothing', {}, []],
    ['results, an end and a start anywhere', { pins: { inner: given }, until: 'lines', only: 'safe' }, []],
    ['a failure', { pins: { before: { error: { code: 'HTTP_STATUS', message: 'no' } } } }, []],
    ['variables of the step that runs alone', { only: 'inner', vars: { n: 1, index: 0, error: null } }, []],
    ['an end that is itself given', { pins: { before: given }, until: 'before' }, []],
    ['steps that are not there', { pins: { x: given }, until: 'y', only: 'z' }, ['pins.x', 'until', 'only']],
    [
      'names that every object has',
      { pins: { constructor: given }, until: 'toString' },
      ['pins.constructor', 'until'],
    ],
    ['a result of no form', { pins: { before: 1, end: {} } }, ['pins.before', 'pins.end']],
    [
      'a result and a failure at once',
      { pins: { end: { ...given, error: { code: 'X', message: 'x' } } } },
      ['pins.end'],
    ],
    ['a code of no form', { pins: { end: { error: { code: 'no', message: 'x' } } } }, ['pins.end']],
    ['variables without a step that runs alone', { vars: { n: 1 } }, ['vars']],
    [
      'variables that hide input and steps',
      { only: 'inner', vars: { steps: {}, input: 1 } },
      ['vars.steps', 'vars.input'],
    ],
    ['a result of the step that runs alone', { only: 'inner', pins: { inner: given } }, ['pins.inner']],
    ['an end outside the step that runs alone', { only: 'lines', until: 'caught' }, ['until']],
    ['an end inside a step that is given', { pins: { safe: given }, until: 'inner' }, ['until']],
  ])('%s', (_, fields, wrong) => {
    const issues = testPlanIssues(FLOW, plan(fields));
    expect(issues.map(({ field }) => field)).toEqual(wrong);
    for (const { message } of issues) expect(message).toMatch(/\.$/);
  });
});

describe('findStep', () => {
  it('finds a step wherever it stands', () => {
    for (const id of ['before', 'safe', 'lines', 'inner', 'caught', 'end'])
      expect(findStep(FLOW.steps, id)).toMatchObject({ id });
    expect(findStep(FLOW.steps, 'none')).toBeNull();
  });
});
