import { describe, expect, it } from '@jest/globals';
import type { PersonId } from '../ids.ts';
import type { Role } from '../tenancy/model.ts';
import { decisionRefusal, type Voter } from './decision-refusal.ts';

const request = {
  requesterId: 'requester' as PersonId,
  approvers: { roles: ['finance', 'security'] as Role[], people: ['ann@example.com'] },
};
const person = (roles: Role[], more: Partial<Voter> = {}): Voter => ({
  id: 'somebody',
  email: 'somebody@example.com',
  roles,
  isMember: true,
  onBehalfOf: null,
  ...more,
});

describe('decisionRefusal', () => {
  it.each([
    ['a listed role', person(['finance']), null],
    ['one listed role among others', person(['viewer', 'security']), null],
    [
      'a person listed by address, with a role of her own',
      person(['operator'], { email: 'ann@example.com' }),
      null,
    ],
    ['the listed person, written in capitals', person(['operator'], { email: 'Ann@Example.COM' }), null],
    ['another role', person(['owner']), 'not_an_approver'],
    ['no role', person([]), 'not_an_approver'],
    ['a viewer', person(['viewer']), 'not_an_approver'],
    ['a builder', person(['builder']), 'not_an_approver'],
    [
      'a listed person who is only a viewer',
      person(['viewer'], { email: 'ann@example.com' }),
      'not_an_approver',
    ],
    ['somebody who left', person(['finance'], { isMember: false }), 'not_an_approver'],
    ['the requester', person(['finance'], { id: 'requester' }), 'self_approval'],
    ['the requester without a role', person([], { id: 'requester' }), 'self_approval'],
    ['somebody on behalf of a listed role', person(['finance'], { onBehalfOf: 'ann' }), null],
    [
      'somebody on behalf of a listed person',
      person(['operator'], { onBehalfOf: 'ann', email: 'ann@example.com' }),
      null,
    ],
    [
      'somebody on behalf of an approver without a listed role',
      person(['owner'], { onBehalfOf: 'ann' }),
      'not_an_approver',
    ],
    [
      'somebody on behalf of an approver who left',
      person(['finance'], { onBehalfOf: 'ann', isMember: false }),
      'not_an_approver',
    ],
    [
      'somebody on behalf of the requester',
      person(['finance'], { onBehalfOf: 'requester' }),
      'self_approval',
    ],
    [
      'the requester on behalf of somebody',
      person(['finance'], { id: 'requester', onBehalfOf: 'ann' }),
      'self_approval',
    ],
  ])('%s', (_, voter, reason) => {
    expect(decisionRefusal(request, voter)?.reason ?? null).toBe(reason);
  });

  it('says who can decide', () => {
    expect(decisionRefusal(request, person(['owner']))?.message).toBe(
      'Only people with the role finance or security, or ann@example.com can decide this.',
    );
    expect(
      decisionRefusal(
        { requesterId: null, approvers: { roles: [], people: ['a@x.io', 'b@x.io', 'c@x.io'] } },
        person(['owner']),
      )?.message,
    ).toBe('Only a@x.io, b@x.io or c@x.io can decide this.');
  });

  it('has nobody to exclude when nobody asked', () => {
    expect(decisionRefusal({ ...request, requesterId: null }, person(['finance']))).toBeNull();
  });
});
