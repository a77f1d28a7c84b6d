import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toGlobalId } from '../global-id.ts';
import { openTestApi, type TestApi } from '../testing/api.ts';
import { makeWorld, type World } from '../testing/world.ts';

let api: TestApi;
let world: World;
beforeAll(async () => {
  api = await openTestApi();
  world = await makeWorld(api);
});
afterAll(() => api.close());

type Who = keyof World['keys'];
const ask = async (who: Who, query: string, input: Record<string, unknown>) =>
  api.graphql({ query, variables: { input } }, world.keys[who]);
const person = (who: Who) => toGlobalId('Person', world.tenant.people[who].id);

const DELEGATE = `mutation ($input: DelegateApprovalsInput!) {
  delegateApprovals(input: $input) { id from { id } to { id } reason inForce } }`;
const DECIDE = `mutation ($input: DecideApprovalInput!) {
  decideApproval(input: $input) { status decisions { person { id } onBehalfOf { id } roles decision } } }`;
const REVOKE = `mutation ($input: RevokeDelegationInput!) { revokeDelegation(input: $input) { id inForce } }`;

describe('a delegation', () => {
  it('lets a viewer decide for the operator until it is revoked, and all of it is in the audit log', async () => {
    const decision = { approvalId: world.ids.approval, planHash: world.planHash, decision: 'APPROVE' };
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const made = await ask('operator', DELEGATE, { toPersonId: person('viewer'), until, reason: 'On leave' });
    const delegation = made.data?.['delegateApprovals'] as { id: string };
    expect(delegation).toEqual({
      id: expect.stringMatching(/^delegation_[0-9a-f]{32}$/),
      from: { id: person('operator') },
      to: { id: person('viewer') },
      reason: 'On leave',
      inForce: true,
    });
    const decided = await ask('viewer', DECIDE, { ...decision, onBehalfOf: person('operator') });
    expect(decided.data?.['decideApproval']).toEqual({
      status: 'APPROVED',
      decisions: [
        {
          person: { id: person('viewer') },
          onBehalfOf: { id: person('operator') },
          roles: ['operator'],
          decision: 'APPROVE',
        },
      ],
    });
    const stranger = await ask('finance', REVOKE, { id: delegation.id });
    expect(stranger.errors[0]?.extensions).toMatchObject({ reason: 'delegation_of_others' });
    const ended = await ask('viewer', REVOKE, { id: delegation.id });
    expect(ended.data?.['revokeDelegation']).toEqual({ id: delegation.id, inForce: false });
    const late = await ask('viewer', DECIDE, decision);
    expect(late.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'permission_missing' });

    const log = `query ($target: ID!) { auditLog(filter: { target: $target }) { edges { node { action target } } } }`;
    const { data } = await api.graphql(
      { query: log, variables: { target: delegation.id } },
      world.keys.owner,
    );
    expect(data?.['auditLog']).toEqual({
      edges: ['delegation.revoke', 'delegation.create'].map((action) => ({
        node: { action, target: delegation.id },
      })),
    });
  });

  it('shows in the figures of the person who decided', async () => {
    const query = `query ($from: DateTime!, $to: DateTime!) {
      approvalAnalytics(from: $from, to: $to, groupBy: APPROVER) {
        all { requested approved medianSeconds }
        groups { by key label figures { requested approved } } bottlenecks { role open } } }`;
    const [from, to] = [-1, 1].map((days) => new Date(Date.now() + days * 86_400_000).toISOString());
    const { data } = await api.graphql({ query, variables: { from, to } }, world.keys.viewer);
    expect(data?.['approvalAnalytics']).toEqual({
      all: { requested: 1, approved: 1, medianSeconds: expect.any(Number) },
      groups: [
        {
          by: 'APPROVER',
          key: person('viewer'),
          label: world.tenant.people.viewer.email,
          figures: { requested: null, approved: 1 },
        },
      ],
      bottlenecks: [],
    });
  });
});
