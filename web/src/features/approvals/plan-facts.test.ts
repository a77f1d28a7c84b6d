import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../graphql/graphql.ts';
import { guardedActions, planFacts, planVersion } from './plan-facts.ts';

describe('the details of a request', () => {
  it('are lines with names in words', () => {
    expect(planFacts({ daysLate: 389, due_on: '2026-01-02', ok: true, none: null, list: [1] })).toEqual([
      { name: 'Days late', text: '389', value: 389 },
      { name: 'Due on', text: '2026-01-02', value: '2026-01-02' },
      { name: 'Ok', text: 'true', value: true },
      { name: 'None', text: '–', value: null },
      { name: 'List', text: null, value: [1] },
    ]);
  });

  it('may be one value or nothing', () => {
    expect(planFacts('Please')).toEqual([{ name: '', text: 'Please', value: 'Please' }]);
    expect(planFacts(null)).toEqual([]);
  });
});

describe('the actions behind a request', () => {
  it('are those that its plan names', () => {
    const mail = { kind: 'email', summary: 'e-mail to Mina' };
    const plan: Json = { guards: [{ ...mail, class: 'A' }, { ...mail, class: 'Z' }, { kind: 1 }, null] };
    expect(guardedActions(plan)).toEqual([
      { ...mail, grade: 'A' },
      { ...mail, grade: null },
    ]);
    expect([guardedActions(null), guardedActions({}), guardedActions({ guards: 'x' })]).toEqual([[], [], []]);
  });
});

describe('the version of a plan', () => {
  it('is the one of its workflow', () => {
    expect(planVersion({ workflow: { version: 3 } })).toBe(3);
    expect([planVersion(null), planVersion({ workflow: 3 }), planVersion({})]).toEqual([null, null, null]);
  });
});
