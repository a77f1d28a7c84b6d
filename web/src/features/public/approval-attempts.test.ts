import { expect, it } from '@jest/globals';
import { approvalAttempts } from './approval-attempts.ts';

it('nobody gets past the gate but two people of different roles, for the plan that was shown', () => {
  expect(approvalAttempts()).toEqual([
    { who: 'requester', outcome: 'self_approval' },
    { who: 'viewer', outcome: 'not_an_approver' },
    { who: 'olderPlan', outcome: 'other_plan' },
    { who: 'finance', outcome: 'counts' },
    { who: 'finance2', outcome: 'same_role' },
    { who: 'security', outcome: 'approved' },
  ]);
});
