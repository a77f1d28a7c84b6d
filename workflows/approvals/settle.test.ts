import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PersonId } from '../ids.ts';
import { ROLES, type Role } from '../tenancy/model.ts';
import { explainPending } from './explain-pending.ts';
import type { ApprovalDecision } from './model.ts';
import { countApprovals, settle, type Vote, type VotingRules } from './settle.ts';

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
    onBehalfOf: null,
    onBehalfOfEmail: null,
    roles,
    verdict: 'APPROVE',
    answers: null,
    reason: 'The numbers are right.',
    planHash: 'plan',
    decidedAt: '2026-03-01T12:00:00.000Z',
    ...more,
  };
}

/** What makes a vote one on behalf of somebody. */
const by = (person: string) => ({
  onBehalfOf: person as PersonId,
  onBehalfOfEmail: `${person}@example.com`,
});

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
    ['B by a delegate', rules('B'), [vote('bob', ['finance'], by('ann'))], 'APPROVED'],
    ['B denied by a delegate', rules('B'), [vote('bob', ['finance'], { ...by('ann'), ...deny })], 'DENIED'],
    [
      'B by the delegate of the requester',
      rules('B'),
      [vote('bob', ['finance'], by('requester'))],
      'PENDING',
    ],
    ['B by the requester as delegate', rules('B'), [vote('requester', ['finance'], by('ann'))], 'PENDING'],
    ['B by the delegate of a viewer', rules('B'), [vote('bob', ['viewer'], by('ann'))], 'PENDING'],
    [
      'B by the delegate of a listed person',
      rules('B', named),
      [vote('bob', ['owner'], by('ann'))],
      'APPROVED',
    ],
    [
      'B by a listed person for somebody who is not listed',
      rules('B', named),
      [vote('ann', ['owner'], by('bob'))],
      'PENDING',
    ],
    [
      'B by the delegate of a listed person whose address is not known any more',
      rules('B', named),
      [vote('bob', ['owner'], { ...by('ann'), onBehalfOfEmail: null })],
      'PENDING',
    ],
    [
      'C by a delegate and a third person of another role',
      rules('C'),
      [vote('bob', ['finance'], by('ann')), vote('cid', ['security'])],
      'APPROVED',
    ],
    [
      'C by a delegate and a third person of the same role',
      rules('C'),
      [vote('bob', ['finance'], by('ann')), vote('cid', ['finance'])],
      'PENDING',
    ],
    [
      'C by a delegator and her delegate',
      rules('C'),
      [vote('ann', ['security']), vote('bob', ['finance'], by('ann'))],
      'PENDING',
    ],
    [
      'C by one person for himself and on behalf of another',
      rules('C'),
      [vote('bob', ['security']), vote('bob', ['finance'], by('ann'))],
      'PENDING',
    ],
    [
      'C by two delegates of one person',
      rules('C'),
      [vote('bob', ['finance'], by('ann')), vote('cid', ['security'], by('ann'))],
      'PENDING',
    ],
    [
      'C by one delegate of two people',
      rules('C'),
      [vote('cid', ['finance'], by('ann')), vote('cid', ['security'], by('bob'))],
      'PENDING',
    ],
    [
      'C along a chain of delegations',
      rules('C'),
      [vote('bob', ['finance'], by('ann')), vote('cid', ['security'], by('bob'))],
      'PENDING',
    ],
    [
      'C by two delegates of two people',
      rules('C'),
      [vote('bob', ['finance'], by('ann')), vote('dan', ['security'], by('cid'))],
      'APPROVED',
    ],
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
      behalf: fc.constantFrom({}, by('ann'), by('bob'), by('cid'), by('eve'), by('requester')),
    })
    .map(({ person, roles, behalf, ...more }) => vote(person, roles, { ...more, ...behalf }));
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
        const others = made.filter((one) => !peopleOf(one).includes('requester'));
        expect(settle(asked, made)).toBe(settle(asked, others));
      }),
      { numRuns: 2_000 },
    );
  });

  it('never approves Class C by delegation without two people of two roles behind it, and two who acted', () => {
    const approval = fc
      .record({
        person: fc.constantFrom('ann', 'bob', 'cid', 'requester'),
        roles: fc.subarray([...ROLES], { minLength: 1, maxLength: 2 }),
        behalf: fc.constantFrom({}, by('ann'), by('bob'), by('cid'), by('eve'), by('requester')),
      })
      .map(({ person, roles, behalf }) => vote(person, roles, behalf));
    let approved = 0;
    fc.assert(
      fc.property(fc.array(approval, { maxLength: 4 }), (yes) => {
        const asked = rules('C');
        if (settle(asked, yes) !== 'APPROVED') return;
        approved += 1;
        const pairs = yes.flatMap((one) => yes.map((other) => [one, other] as const));
        expect(pairs.some(([one, other]) => standAlone(one, other))).toBe(true);
        const principals = yes.map((one) => ({
          ...one,
          personId: one.onBehalfOf ?? one.personId,
          personEmail: one.onBehalfOfEmail ?? one.personEmail,
          ...inPerson,
        }));
        expect(settle(asked, principals)).toBe('APPROVED');
      }),
      { numRuns: 3_000 },
    );
    expect(approved).toBeGreaterThan(200);
  });

  it('finds the most approvals that count together, as trying every set does', () => {
    const one = fc.record({
      people: fc.uniqueArray(fc.constantFrom('ann', 'bob', 'cid', 'dan', 'eve'), {
        minLength: 1,
        maxLength: 2,
      }),
      roles: fc.subarray(everyone),
    });
    const most = fc.integer({ min: 0, max: 5 });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 5 }), most, (votes, limit) => {
        expect(countApprovals(votes, limit)).toBe(Math.min(limit, bestOf(votes, [], [])));
      }),
      { numRuns: 1_000 },
    );
  });
});

const inPerson = { onBehalfOf: null, onBehalfOfEmail: null };
const peopleOf = (one: ApprovalDecision): string[] => [one.personId, one.onBehalfOf ?? one.personId];

/** Two approvals with reasons that have nobody in common and can take different roles. */
function standAlone(one: ApprovalDecision, other: ApprovalDecision): boolean {
  const people = new Set([...peopleOf(one), ...peopleOf(other)]);
  const [first, second] = [one, other].map(({ roles }) => roles.filter((role) => everyone.includes(role)));
  const fit = first?.some((role) => second?.some((another) => another !== role)) ?? false;
  const alone = people.size === new Set(peopleOf(one)).size + new Set(peopleOf(other)).size;
  return fit && alone && !people.has('requester');
}

function bestOf([first, ...rest]: Vote[], people: string[], taken: Role[]): number {
  if (first === undefined) return 0;
  const without = bestOf(rest, people, taken);
  if (first.people.some((person) => people.includes(person))) return without;
  const free = first.roles.filter((role) => !taken.includes(role));
  const all = [...people, ...first.people];
  return Math.max(without, ...free.map((role) => 1 + bestOf(rest, all, [...taken, role])));
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
