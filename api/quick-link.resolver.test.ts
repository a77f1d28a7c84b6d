import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { approvalActivities } from '../activities/approvals/index.ts';
import { askedFor, decideOn, linkTo, setRoles } from '../activities/approvals/testing.ts';
import type { TestTenant } from '../activities/testing.ts';
import type { ApprovalRequest } from '../workflows/approvals/model.ts';
import { openTestApi, type TestApi } from './testing/api.ts';

let api: TestApi;
let tenant: TestTenant;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  tenant = await api.house.newTenant();
});

type Wanted = Parameters<typeof askedFor>[2];
async function linked(wanted: Wanted, role: 'finance' | 'security' = 'finance') {
  const request = await askedFor(api.house, tenant, wanted);
  return { request, token: await linkTo(api.house, request, tenant.people[role].id) };
}
const state = (request: ApprovalRequest) => approvalActivities(api.house.platform).readApproval(request);
const address = (token: string) => `${api.url}/approve/${token}`;
const SAME = { 'sec-fetch-site': 'same-origin', origin: 'null' };
const post = (token: string, fields: Record<string, string>, headers: Record<string, string> = SAME) =>
  fetch(address(token), { method: 'POST', body: new URLSearchParams(fields), headers });
async function page(answer: Response) {
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

describe('GET /approve/<token>', () => {
  it('shows what is asked, with a form and nothing that runs, keeps or follows', async () => {
    const title = '<script>alert("1")</script> & \'x\'';
    const { request, token } = await linked({ class: 'C', plan: { title, details: { note: '<b>' } } });
    const { status, text, headers } = await page(await fetch(address(token)));
    expect(status).toBe(200);
    expect(text).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;');
    for (const part of [
      'POST /refunds',
      'Class',
      'The builder',
      'Approve',
      'Deny',
      request.expiresAt.slice(0, 10),
    ])
      expect(text).toContain(part);
    expect(text).not.toMatch(/<script|<b>|javascript:|https?:\/\//);
    expect(text).toMatch(
      /<html lang="en">[\s\S]*<h1>[\s\S]*<label for="reason">[\s\S]*<textarea id="reason"[^>]* required/,
    );
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    );
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
    });
  });

  it('changes nothing, however it is opened: scanners of mail decide nothing', async () => {
    const { request, token } = await linked({ class: 'B' });
    for (const method of ['GET', 'HEAD', 'GET', 'HEAD']) {
      const answer = await fetch(`${address(token)}?decision=APPROVE`, { method });
      expect(answer.status).toBe(200);
    }
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'])
      expect((await fetch(address(token), { method })).status).toBe(404);
    expect(await state(request)).toEqual({ status: 'PENDING', decisions: [] });
    expect((await page(await post(token, { decision: 'APPROVE' }))).text).toContain('You approved this');
  });

  it.each(['x'.repeat(43), 'short', '%2F%2F', 'é'.repeat(43)])('is 404 for the token %s', async (token) => {
    const { status, text } = await page(await fetch(address(token)));
    expect(status).toBe(404);
    expect(text).toContain('There is no such page');
  });

  it('is 410 for what expired, was decided by others, or is not this person’s to decide any more', async () => {
    const { token: late } = await linked({
      class: 'B',
      requestedAt: Date.now() - 61_000,
      expiresInSeconds: 60,
    });
    const { token: decided, request } = await linked({ class: 'B' });
    await decideOn(tenant.as('security'), request, { decision: 'DENY' });
    const { token: demoted } = await linked({ class: 'B' });
    await setRoles(api.house, tenant.as('finance'), ['viewer']);
    for (const [token, text] of [
      [late, 'no longer good'],
      [decided, 'already decided'],
      [demoted, 'can decide this'],
    ] as const) {
      const answer = await page(await fetch(address(token)));
      expect(answer.status).toBe(410);
      expect(answer.text).toContain(text);
      expect(answer.text).not.toContain('<form');
    }
  });
});

describe('POST /approve/<token>', () => {
  it('decides as the person of the link, once; a second time it says so', async () => {
    const { request, token } = await linked({ class: 'C' });
    const first = await page(await post(token, { decision: 'APPROVE', reason: 'Numbers are right.' }));
    expect([first.status, first.text.includes('One more person must approve')]).toEqual([200, true]);
    for (const answer of [
      await post(token, { decision: 'DENY', reason: 'No' }),
      await fetch(address(token)),
    ]) {
      const again = await page(answer);
      expect([again.status, again.text.includes('This link was used already')]).toEqual([410, true]);
    }
    expect(await state(request)).toMatchObject({
      status: 'PENDING',
      decisions: [{ personId: tenant.people.finance.id, reason: 'Numbers are right.', verdict: 'APPROVE' }],
    });
  });

  it('denies without a reason where none is needed', async () => {
    const { request, token } = await linked({ class: 'B' });
    expect((await page(await post(token, { decision: 'DENY', reason: '' }))).text).toContain(
      'You denied this',
    );
    expect((await state(request)).status).toBe('DENIED');
  });

  it('takes a form only from our own page', async () => {
    const { request, token } = await linked({ class: 'B' });
    const mine = new URL(api.url).origin;
    for (const headers of [
      {},
      { origin: 'null' },
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site', origin: mine },
      { 'sec-fetch-site': 'same-site', origin: mine },
      { 'sec-fetch-site': 'none' },
    ] as Record<string, string>[])
      expect((await post(token, { decision: 'APPROVE' }, headers)).status).toBe(403);
    expect((await state(request)).decisions).toEqual([]);
    expect((await post(token, { decision: 'APPROVE' }, { origin: mine })).status).toBe(200);
  });

  it('shows the form again, as it was filled in, when something is missing; the link stays good', async () => {
    const form = [
      { name: 'amount', label: 'How much?', type: 'number', required: true },
      { name: 'way', label: 'Which way?', type: 'choice', options: ['bank', 'card'] },
      { name: 'urgent', label: 'Urgent?', type: 'boolean' },
      { name: 'note', label: 'A "note"', type: 'text' },
    ] as const;
    const { request, token } = await linked({
      class: 'C',
      plan: {
        form: form.map((field) => ({
          ...field,
          ...('options' in field ? { options: [...field.options] } : {}),
        })) as never,
      },
    });
    const filled = { 'answer.amount': '', 'answer.way': 'card', 'answer.note': '<i>"x"' };
    const tries: [Record<string, string>, string][] = [
      [{ ...filled, decision: 'APPROVE', reason: '' }, 'reason'],
      [{ ...filled, decision: 'APPROVE', reason: 'Fine' }, 'answers.amount'],
      [{ ...filled, decision: 'APPROVE', reason: 'Fine', 'answer.amount': 'ten' }, 'Give a number'],
      [{ ...filled, reason: 'Fine' }, 'Press Approve or Deny'],
    ];
    for (const [fields, word] of tries) {
      const { status, text } = await page(await post(token, fields));
      expect([status, text.includes(word)]).toEqual([422, true]);
      expect(text).toContain('role="alert"');
      expect(text).toContain('<option value="card" selected>');
      expect(text).toContain('value="&lt;i&gt;&quot;x&quot;"');
    }
    expect((await state(request)).decisions).toEqual([]);
    const taken = {
      ...filled,
      decision: 'APPROVE',
      reason: 'Fine',
      'answer.amount': '12.5',
      'answer.urgent': 'true',
    };
    expect((await post(token, taken)).status).toBe(200);
    expect((await state(request)).decisions).toMatchObject([
      { answers: { amount: 12.5, way: 'card', urgent: true, note: '<i>"x"' } },
    ]);
  });

  it('refuses what is too large or no form', async () => {
    const { token } = await linked({ class: 'B' });
    const json = { ...SAME, 'content-type': 'application/json' };
    const [other, large] = [
      await fetch(address(token), { method: 'POST', body: '{"decision":"APPROVE"}', headers: json }),
      await post(token, { decision: 'APPROVE', reason: 'x'.repeat(600_000) }),
    ];
    expect([other.status, large.status]).toEqual([415, 413]);
  });

  it('is logged without its token', async () => {
    const { token } = await linked({ class: 'B' });
    await fetch(address(token));
    await post(token, { decision: 'APPROVE' });
    await post('y'.repeat(43), { decision: 'APPROVE' });
    expect(api.logged.join()).toContain('/approve/:token');
    expect(api.logged.join()).not.toContain(token);
    expect(api.logged.join()).not.toContain('yyyyyyyy');
  });
});

describe('over GraphQL', () => {
  it('decideApprovals gives one result a request, and approvals are found by what they ask for', async () => {
    const workflow = { id: crypto.randomUUID() as never, name: 'Refund', version: 1, hash: 'h' };
    const form = [{ name: 'amount', label: 'How much?', type: 'number' as const }];
    const ask = (requesterId: string) =>
      askedFor(api.house, tenant, {
        class: 'B',
        requesterId: requesterId as never,
        plan: { workflow, form },
      });
    await ask(tenant.people.builder.id);
    await ask(tenant.people.finance.id);
    const key = await api.keyOf(tenant, 'finance');
    const fields =
      'id contentHash identicalPending reminders remindedAt escalatedAt escalation { roles } form { name label type options required maxLength } decisions { answers onBehalfOfEmail }';
    const all = await api.graphql({ query: `{ approvals { nodes: edges { node { ${fields} } } } }` }, key);
    expect(all.errors).toEqual([]);
    const nodes = (all.data as { approvals: { nodes: { node: { id: string; contentHash: string } }[] } })
      .approvals.nodes;
    expect(nodes[0]?.node).toMatchObject({
      identicalPending: 2,
      form: [
        { name: 'amount', label: 'How much?', type: 'number', options: [], required: false, maxLength: null },
      ],
    });
    const contentHash = nodes[0]?.node.contentHash;
    const found = await api.graphql(
      {
        query: 'query ($filter: ApprovalFilter) { approvals(filter: $filter) { edges { node { id } } } }',
        variables: { filter: { contentHash } },
      },
      key,
    );
    expect((found.data as { approvals: { edges: object[] } }).approvals.edges).toHaveLength(2);
    const input = {
      approvalIds: nodes.map(({ node }) => node.id),
      decision: 'APPROVE',
      contentHash,
      idempotencyKey: 'k',
    };
    const query = `mutation ($input: DecideApprovalsInput!) { decideApprovals(input: $input) { approvalId reason message approval { status } } }`;
    const { data, errors } = await api.graphql({ query, variables: { input } }, key);
    expect(errors).toEqual([]);
    expect((data as { decideApprovals: object[] }).decideApprovals).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ reason: null, approval: { status: 'APPROVED' } }),
        expect.objectContaining({ reason: 'self_approval', message: expect.any(String), approval: null }),
      ]),
    );
  });
});
