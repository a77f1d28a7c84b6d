import { describe, expect, it } from '@jest/globals';
import { approvalTerms, DECIDING_ROLES, type WantedTerms } from './approval-terms.ts';

const everyRole = { roles: ['owner', 'admin', 'operator', 'finance', 'security'], people: [] };

describe('approvalTerms', () => {
  it.each([
    ['A', 0],
    ['B', 1],
    ['C', 2],
  ] as const)('Class %s needs %i approvals, of the usual roles, within 3 days', (cls, quorum) => {
    expect(approvalTerms({ class: cls })).toEqual({
      quorum,
      approvers: everyRole,
      expiresInSeconds: 259_200,
    });
  });

  it('lets every role decide that has the permission, and no other', () => {
    expect(DECIDING_ROLES).toEqual(everyRole.roles);
  });

  it('tells roles from people, whatever their case and order, each once', () => {
    const approvers = ['Security', ' ann@Example.com ', 'finance', 'ann@example.com'];
    expect(approvalTerms({ class: 'B', approvers }).approvers).toEqual({
      roles: ['finance', 'security'],
      people: ['ann@example.com'],
    });
  });

  it.each<[string, Omit<WantedTerms, 'class'>, string, string]>([
    ['an empty list', { approvers: [] }, 'approvers_missing', 'approvers'],
    ['a viewer', { approvers: ['finance', 'viewer'] }, 'approver_unknown', 'approvers'],
    ['a builder', { approvers: ['builder'] }, 'approver_unknown', 'approvers'],
    ['a role that does not exist', { approvers: ['boss'] }, 'approver_unknown', 'approvers'],
    ['an inherited name', { approvers: ['constructor'] }, 'approver_unknown', 'approvers'],
    ['a blank', { approvers: [' '] }, 'approver_unknown', 'approvers'],
    ['a broken address', { approvers: ['ann@'] }, 'approver_unknown', 'approvers'],
    ['no time at all', { expiresInSeconds: 0 }, 'expiry_out_of_range', 'expiresInSeconds'],
    ['a time in the past', { expiresInSeconds: -5 }, 'expiry_out_of_range', 'expiresInSeconds'],
    ['more than 90 days', { expiresInSeconds: 7_776_001 }, 'expiry_out_of_range', 'expiresInSeconds'],
    ['not a number', { expiresInSeconds: Number.NaN }, 'expiry_out_of_range', 'expiresInSeconds'],
    ['for ever', { expiresInSeconds: Infinity }, 'expiry_out_of_range', 'expiresInSeconds'],
  ])('refuses %s', (_, wanted, reason, field) => {
    expect(() => approvalTerms({ class: 'B', ...wanted })).toThrow(
      expect.objectContaining({ code: 'INVALID', reason, details: { field } }),
    );
  });

  it.each([
    [['finance'], false],
    [['ann@example.com'], false],
    [['finance', 'security'], true],
    [['finance', 'ann@example.com'], true],
    [['ann@example.com', 'bob@example.com'], true],
  ])('Class C with %j can be approved by somebody: %s', (approvers, possible) => {
    const make = () => approvalTerms({ class: 'C', approvers });
    if (possible) expect(make().quorum).toBe(2);
    else expect(make).toThrow(expect.objectContaining({ reason: 'approvers_too_few' }));
  });

  it('takes the bounds themselves', () => {
    expect(approvalTerms({ class: 'B', expiresInSeconds: 1 }).expiresInSeconds).toBe(1);
    expect(approvalTerms({ class: 'B', expiresInSeconds: 7_776_000 }).expiresInSeconds).toBe(7_776_000);
  });
});
