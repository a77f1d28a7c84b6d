import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { FormField } from '../../workflows/approvals/form.ts';
import { openTestHouse, type TestHouse, type TestTenant } from '../testing.ts';
import { approvalActivities, getApproval } from './index.ts';
import { askedFor, decideOn } from './testing.ts';

let house: TestHouse;
let tenant: TestTenant;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  tenant = await house.newTenant();
});

const form: FormField[] = [
  { name: 'amount', label: 'How much?', type: 'number', required: true },
  { name: 'note', label: 'Note', type: 'text' },
];
const ask = (wanted: Partial<Parameters<typeof askedFor>[2]> = {}) =>
  askedFor(house, tenant, { class: 'B', plan: { form }, ...wanted });

describe('a request with a form', () => {
  it('shows it, and keeps each person’s answers with the decision', async () => {
    const request = await ask({ class: 'C' });
    expect(await getApproval(tenant.as('viewer'), { id: request.approvalId })).toMatchObject({ form });
    await decideOn(tenant.as('finance'), request, { answers: { amount: 5, note: ' ' } });
    const view = await decideOn(tenant.as('security'), request, { answers: { amount: 7, note: 'less' } });
    expect(view.decisions.map(({ answers }) => answers)).toEqual([
      { amount: 5 },
      { amount: 7, note: 'less' },
    ]);
    const { decisions } = await approvalActivities(house.platform).readApproval(request);
    expect(decisions.at(-1)?.answers).toEqual({ amount: 7, note: 'less' });
  });

  it.each<[string, Record<string, never> | object | null, string]>([
    ['nothing', null, 'answers.amount'],
    ['no required answer', { note: 'x' }, 'answers.amount'],
    ['another type', { amount: '5' }, 'answers.amount'],
    ['another field', { amount: 5, more: 1 }, 'answers.more'],
  ])('is not approved with %s, and nothing is written', async (_, answers, field) => {
    const request = await ask();
    await expect(
      decideOn(tenant.as('finance'), request, { answers: answers as never }),
    ).rejects.toMatchObject({
      code: 'INVALID',
      reason: 'answers_invalid',
      details: { field, issues: [{ field, message: expect.any(String) }] },
    });
    const { decisions } = await approvalActivities(house.platform).readApproval(request);
    expect(decisions).toEqual([]);
  });

  it('is denied without answers', async () => {
    const view = await decideOn(tenant.as('finance'), await ask(), { decision: 'DENY' });
    expect(view).toMatchObject({ status: 'DENIED', decisions: [{ answers: {} }] });
  });
});

describe('a request without a form', () => {
  it('takes no answers', async () => {
    const request = await ask({ plan: {} });
    await expect(decideOn(tenant.as('finance'), request, { answers: { amount: 5 } })).rejects.toMatchObject({
      reason: 'answers_invalid',
    });
    const view = await decideOn(tenant.as('finance'), request);
    expect(view).toMatchObject({ form: null, decisions: [{ answers: null }] });
  });
});
