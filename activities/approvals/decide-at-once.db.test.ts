import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApprovalRequest } from '../../workflows/approvals/model.ts';
import type { DomainError } from '../../workflows/errors.ts';
import { openTestHouse, type TestHouse, type TestTenant } from '../testing.ts';
import { approvalActivities } from './index.ts';
import { askedFor, decideOn, messagesTo, newMember } from './testing.ts';

let house: TestHouse;
let tenant: TestTenant;
beforeAll(async () => {
  house = await openTestHouse();
  tenant = await house.newTenant();
});
afterAll(() => house.close());

const ask = (wanted: Parameters<typeof askedFor>[2]) => askedFor(house, tenant, wanted);
const state = (request: ApprovalRequest) => approvalActivities(house.platform).readApproval(request);
const messages = (request: ApprovalRequest) => messagesTo(house, request);

describe('many at once', () => {
  it('20 people decide one Class B request: one outcome, one message', async () => {
    const request = await ask({ class: 'B' });
    const people = await Promise.all(
      Array.from({ length: 20 }, () => newMember(house, tenant, ['operator'])),
    );
    const results = await Promise.allSettled(
      people.map((ctx, i) => decideOn(ctx, request, { decision: i % 2 ? 'APPROVE' : 'DENY' })),
    );
    const won = results.filter((result) => result.status === 'fulfilled');
    const lost = results
      .filter((result) => result.status === 'rejected')
      .map((result) => result.reason as DomainError);
    expect(won).toHaveLength(1);
    expect(new Set(lost.map((error) => error.reason))).toEqual(new Set(['approval_already_decided']));
    const { status, decisions } = await state(request);
    expect(decisions).toHaveLength(1);
    expect(status).toBe(decisions[0]?.verdict === 'APPROVE' ? 'APPROVED' : 'DENIED');
    expect(await messages(request)).toHaveLength(1);
  });

  it('one person presses ten times: one decision', async () => {
    const request = await ask({ class: 'C' });
    await Promise.all(Array.from({ length: 10 }, () => decideOn(tenant.as('finance'), request)));
    expect((await state(request)).decisions).toHaveLength(1);
  });

  it('a decision and the expiry: the first one stands', async () => {
    for (let round = 0; round < 10; round += 1) {
      const request = await ask({ class: 'B' });
      const [decided, closed] = await Promise.allSettled([
        decideOn(tenant.as('finance'), request),
        approvalActivities(house.platform).closeApproval({ ...request, as: 'EXPIRED' }),
      ]);
      const { status } = await state(request);
      expect(closed).toMatchObject({ status: 'fulfilled', value: { status } });
      expect(decided.status).toBe(status === 'APPROVED' ? 'fulfilled' : 'rejected');
      expect(await messages(request)).toHaveLength(status === 'APPROVED' ? 1 : 0);
    }
  });
});
