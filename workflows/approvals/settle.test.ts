import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PersonId } from '../ids.ts';
import { ROLES, type Role } from '../tenancy/model.ts';
import { explainPending } from './explain-pending.ts';
import type { ApprovalDecision } from './model.ts';
import { countApprovals, settle, type VotingRules } from './settle.ts';

const EXPIRES = '2026-03-04T00:00:00.000Z';
const NOW = Date.parse('2026-03-02T00:00:00.000Z');
const everyone: Role[] = ['owner', 'admin', 'operator', 'finance', 'security'];

function rules(cls: 'A' | 'B' | 'C', more: Partial<VotingRules> = {}): VotingRules {
  return {
    class: cls,
    quorum: { A: 0, B: 1, C: 2 }[cls],
    planHash: 'plan',
    requesterId: 'requester' as PersonId,
    approvers: { roles: everyone, people: [] },
    expiresAt: EXPIRES,
    ...more,
  };
}

function vote(person: string, roles: Role[], more: Partial<ApprovalDecision> = {}): ApprovalDecision {
  return {
    personId: person as PersonId,
    personEmail: `${person}@example.com`,
    roles,
    verdict: 'APPROVE',
    reason: 'The numbers are right.',
    planHash: 'plan',
    decidedAt: '2026-03-01T12:00:00.000Z',
    ...more,
  };
}

const deny = { verdict: 'DENY' } as const;
const named = { approvers: { roles: ['finance'] as Role[], people: ['ann@example.com'] } };

describe('settle', () => {
  it.each<[string, VotingRules, ApprovalDecision[], string]>([
    ['A needs nobody', rules('A'), [], 'APPROVED'],
    ['B without a decision', rules('B'), [], 'PENDING'],
    ['B with one approval', rules('B'), [vote('ann', ['finance'], { reason: null })], 'APPROVED'],
    ['B denied', rules('B'), [vote('ann', ['finance'], deny)], 'DENIED'],
    ['B approved and denied', rules('B'), [vote('ann', ['owner']), vote('bob', ['admin'], deny)], 'DENIED'],
    ['B by the requester', rules('B'), [vote('requester', ['owner'])], 'PENDING'],
    ['B denied by the requester', rules('B'), [vote('requester', ['owner'], deny)], 'PENDING'],
    ['B by a viewer', rules('B'), [vote('ann', ['viewer'])], 'PENDING'],
    ['B by a role that is not listed', rules('B', named), [vote('bob', ['owner'])], 'PENDING'],
    ['B denied by no approver', rules('B', named), [vote('bob', ['owner'], deny)], 'PENDING'],
    ['B for another plan', rules('B'), [vote('ann', ['finance'], { planHash: 'other' })], 'PENDING'],
    ['B at the moment of expiry', rules('B'), [vote('ann', ['finance'], { decidedAt: EXPIRES })], 'PENDING'],
    ['B at no known time', rules('B'), [vote('ann', ['finance'], { decidedAt: 'soon' })], 'PENDING'],
    ['B that never says when it ends', rules('B', { expiresAt: '' }), [vote('ann', ['finance'])], 'PENDING'],
    ['B with a quorum of nobody', rules('B', { quorum: 0 }), [], 'PENDING'],
    ['C with one approval', rules('C'), [vote('ann', ['finance', 'security'])], 'PENDING'],
    ['C by two roles', rules('C'), [vote('ann', ['finance']), vote('bob', ['security'])], 'APPROVED'],
    ['C by one role twice', rules('C'), [vote('ann', ['finance']), vote('bob', ['finance'])], 'PENDING'],
    ['C by one person twice', rules('C'), [vote('ann', ['finance']), vote('ann', ['security'])], 'PENDING'],
    [
      'C by the two who fit, found among their roles',
      rules('C'),
      [vote('ann', ['finance', 'owner']), vote('bob', ['finance'])],
      'APPROVED',
    ],
    [
      'C by a third person of another role',
      rules('C'),
      [vote('ann', ['finance']), vote('bob', ['finance']), vote('cid', ['admin'])],
      'APPROVED',
    ],
    [
      'C with a second role that is not listed',
      rules('C', { approvers: { roles: ['finance', 'admin'], people: [] } }),
      [vote('ann', ['finance']), vote('bob', ['finance', 'owner'])],
      'PENDING',
    ],
    [
      'C with a named person in a role of her own',
      rules('C', named),
      [vote('ann', ['operator']), vote('bob', ['finance'])],
      'APPROVED',
    ],
    [
      'C with a named person in the same only role',
      rules('C', named),
      [vote('ann', ['finance']), vote('bob', ['finance'])],
      'PENDING',
    ],
    [
      'C without a reason',
      rules('C'),
      [vote('ann', ['finance'], { reason: null }), vote('bob', ['admin'])],
      'PENDING',
    ],
    [
      'C with a blank reason',
      rules('C'),
      [vote('ann', ['finance']), vote('bob', ['admin'], { reason: ' \n' })],
      'PENDING',
    ],
    [
      'C denied without a reason',
      rules('C'),
      [vote('ann', ['finance'], { ...deny, reason: null })],
      'DENIED',
    ],
    ['C with a quorum of one', rules('C', { quorum: 1 }), [vote('ann', ['finance'])], 'PENDING'],
  ])('%s', (_, request, decisions, outcome) => {
    expect(settle(request, decisions)).toBe(outcome);
  });
});

describe('settle, whatever comes', () => {
  const decision = fc
    .record({
      person: fc.constantFrom('ann', 'bob', 'cid', 'dan', 'requester'),
      roles: fc.subarray([...ROLES]),
      verdict: fc.constantFrom('APPROVE' as const, 'DENY' as const),
      reason: fc.constantFrom('Fine.', ' ', null),
      planHash: fc.constantFrom('plan', 'other'),
      decidedAt: fc.constantFrom('2026-03-01T12:00:00.000Z', EXPIRES),
    })
    .map(({ person, roles, ...more }) => vote(person, roles, more));
  const decisions = fc.array(decision, { maxLength: 8 });
  const request = fc
    .record({
      cls: fc.constantFrom('A' as const, 'B' as const, 'C' as const),
      roles: fc.subarray(everyone),
      people: fc.subarray(['ann@example.com', 'bob@example.com']),
    })
    .map(({ cls, roles, people }) => rules(cls, { approvers: { roles, people } }));

  it('one more approval never takes an approval back, one more denial never approves', () => {
    fc.assert(
      fc.property(request, decisions, decision, (asked, made, more) => {
        const before = settle(asked, made);
        const after = settle(asked, [...made, more]);
        if (before === 'DENIED') expect(after).toBe('DENIED');
        if (before === 'APPROVED' && more.verdict === 'APPROVE') expect(after).toBe('APPROVED');
        if (before !== 'APPROVED' && more.verdict === 'DENY') expect(after).not.toBe('APPROVED');
      }),
      { numRuns: 2_000 },
    );
  });

  it('does not depend on the order', () => {
    const shuffled = decisions.chain((made) =>
      fc.tuple(fc.constant(made), fc.shuffledSubarray(made, { minLength: made.length })),
    );
    fc.assert(
      fc.property(request, shuffled, (asked, [made, other]) => {
        expect(settle(asked, other)).toBe(settle(asked, made));
      }),
      { numRuns: 2_000 },
    );
  });

  it('never counts the requester', () => {
    fc.assert(
      fc.property(request, decisions, (asked, made) => {
        const others = made.filter((one) => one.personId !== asked.requesterId);
        expect(settle(asked, made)).toBe(settle(asked, others));
      }),
      { numRuns: 2_000 },
    );
  });

  it('finds the most people with a role each, as trying every way does', () => {
    const people = fc.array(fc.subarray(everyone), { maxLength: 5 });
    fc.assert(fc.property(people, (some) => void expect(countApprovals(some)).toBe(bestOf(some, []))));
  });
});

function bestOf([first, ...rest]: Role[][], taken: Role[]): number {
  if (first === undefined) return 0;
  const free = first.filter((role) => !taken.includes(role));
  return Math.max(bestOf(rest, taken), ...free.map((role) => 1 + bestOf(rest, [...taken, role])));
}

describe('explainPending', () => {
  it.each<[VotingRules, ApprovalDecision[], string]>([
    [rules('B'), [], '0 of 1 approval.'],
    [rules('C'), [], '0 of 2 approvals; they must come from people with different roles.'],
    [
      rules('C'),
      [vote('ann', ['finance'])],
      '1 of 2 approvals; the next must come from another person, in another role than finance.',
    ],
    [
      rules('C'),
      [vote('ann', ['finance']), vote('bob', ['finance'])],
      '1 of 2 approvals; the next must come from another person, in another role than finance.',
    ],
    [
      rules('C'),
      [vote('ann', ['finance', 'owner'])],
      '1 of 2 approvals; the next must come from another person.',
    ],
    [
      rules('C', { expiresAt: '2026-03-02T00:00:00.000Z' }),
      [vote('ann', ['finance'])],
      '1 of 2 approvals; the time to decide is over.',
    ],
  ])('%#', (request, decisions, text) => {
    expect(explainPending(request, decisions, NOW)).toBe(text);
  });
});
