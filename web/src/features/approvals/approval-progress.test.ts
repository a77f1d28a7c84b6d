import { describe, expect, it } from '@jest/globals';
import type { Role } from '../../../../workflows/tenancy/model.ts';
import { progressOf, type ProgressFacts } from './approval-progress.ts';

type Decision = ProgressFacts['decisions'][number];
const yes = (personEmail: string, roles: Role[], onBehalfOfEmail: string | null = null): Decision => ({
  ...{ decision: 'APPROVE', personEmail, roles, onBehalfOfEmail },
});
const no = (personEmail: string): Decision => ({ ...yes(personEmail, ['finance']), decision: 'DENY' });
const approvers: ProgressFacts['approvers'] = { roles: ['operator', 'finance'], people: ['boss@a.example'] };

describe('how far a request is', () => {
  it.each<[string, Partial<ProgressFacts>, object]>([
    [
      'nobody decided',
      {},
      { given: 0, needed: 1, roles: ['operator', 'finance'], people: ['boss@a.example'] },
    ],
    ['a denial counts for nothing', { decisions: [no('f@a.example')] }, { given: 0, needed: 1 }],
    [
      'one of two',
      { class: 'C', quorum: 2, decisions: [yes('f@a.example', ['finance'])] },
      { given: 1, needed: 2, roles: ['operator'], people: ['boss@a.example'] },
    ],
    [
      'the person who is named has decided',
      { class: 'C', quorum: 2, decisions: [yes('Boss@a.example', ['owner'])] },
      { given: 1, needed: 2, roles: ['operator', 'finance'], people: [] },
    ],
    [
      'two in one role count once',
      {
        ...{ class: 'C', quorum: 2 },
        decisions: [yes('f@a.example', ['finance']), yes('g@a.example', ['finance'])],
      },
      { given: 1, needed: 2, roles: ['operator'] },
    ],
    [
      'a delegate and a delegator are one person',
      {
        ...{ class: 'C', quorum: 2 },
        decisions: [yes('f@a.example', ['finance']), yes('d@a.example', ['operator'], 'f@a.example')],
      },
      { given: 1, needed: 2 },
    ],
    ['all are there', { decisions: [yes('f@a.example', ['finance'])] }, { given: 1, needed: 1, roles: [] }],
  ])('%s', (_name, facts, wanted) => {
    const progress = progressOf({ class: 'B', quorum: 1, approvers, decisions: [], ...facts });
    expect(progress).toMatchObject(wanted);
  });
});
