import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../graphql/graphql.ts';
import { isComparable, planChanges } from './plan-diff.ts';

const plan = (version: number, ...to: string[]): Json => ({
  workflow: { version },
  guards: to.map((one) => ({ kind: 'email', summary: `e-mail to ${one}`, class: 'A' })),
});

describe('what is different since the last approval', () => {
  it('is nothing for the same plan', () => {
    const same = { plan: plan(1, 'a'), details: { amount: 1, list: [1] } };
    expect(planChanges(same, structuredClone(same))).toEqual([]);
  });

  it('are facts that changed, came and went', () => {
    const changes = planChanges(
      { plan: plan(1), details: { amount: 1, old: 'x', list: [1] } },
      { plan: plan(1), details: { amount: 2, fresh: true, list: [2] } },
    );
    expect(changes).toEqual([
      { what: 'fact', name: 'Amount', before: '1', after: '2' },
      { what: 'fact', name: 'Old', before: 'x', after: null },
      { what: 'fact', name: 'List', before: '[1]', after: '[2]' },
      { what: 'fact', name: 'Fresh', before: null, after: 'true' },
    ]);
  });

  it('are another version and other actions', () => {
    const changes = planChanges(
      { plan: plan(1, 'a', 'b'), details: null },
      { plan: plan(2, 'b', 'c'), details: null },
    );
    expect(changes).toEqual([
      { what: 'version', name: '', before: '1', after: '2' },
      { what: 'action', name: '', before: 'e-mail to a', after: null },
      { what: 'action', name: '', before: null, after: 'e-mail to c' },
    ]);
  });

  it('can be told outside of loops only', () => {
    expect([isComparable('gate/askTwo'), isComparable('reminders[3]/gate/askTwo')]).toEqual([true, false]);
  });
});
