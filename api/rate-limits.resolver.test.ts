import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ErrorBody } from './errors.ts';
import { DEFAULT_RATES } from './rate-limits.ts';
import { openTestApi, type TestApi } from './testing/api.ts';
import { clientOf, endSockets, follow } from './testing/sockets.ts';

// Nothing comes back within the minutes of a test.
const SLOW = 1_000_000;
let api: TestApi;
beforeAll(async () => {
  api = await openTestApi({
    rates: {
      ...{ key: { points: 20, seconds: SLOW }, address: { points: 200, seconds: SLOW } },
      ...{ signIn: { points: 3, seconds: SLOW }, hook: { points: 5, seconds: SLOW } },
      hookAddress: { points: 12, seconds: SLOW },
    },
  });
});
afterEach(endSockets);
afterAll(() => api.close());

const VIEWER = '{ viewer { roles } }';
async function newKey(): Promise<string> {
  return api.keyOf(await api.house.newTenant(), 'owner');
}
/** Asks until the answer is no longer 200; gives that one and how many came before. */
async function untilRefused(ask: () => ReturnType<TestApi['graphql']>, most = 500) {
  for (let before = 0; before < most; before += 1) {
    const answer = await ask();
    if (answer.status !== 200) return { before, answer };
  }
  throw new Error('Never refused');
}
const limited = (limit: string) =>
  expect.objectContaining({
    code: 'LIMIT_EXCEEDED',
    reason: 'rate_limited',
    details: { limit, retryAfterSeconds: expect.any(Number) },
    retryAfterSeconds: expect.any(Number),
  });

describe('many calls at once with one key that nobody has used yet', () => {
  it('are one guess', async () => {
    const key = await newKey();
    const answers = await Promise.all(Array.from({ length: 10 }, () => api.graphql({ query: VIEWER }, key)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
  });
});

describe('one API key', () => {
  it('may spend its points; then 429 says when to come again, and other keys go on', async () => {
    const [key, other] = [await newKey(), await newKey()];
    const { before, answer } = await untilRefused(() => api.graphql({ query: VIEWER }, key));
    // Two points each; the first one's entry counts for its address.
    expect(before).toBe(10);
    expect(answer.status).toBe(429);
    const [error] = answer.errors as [ErrorBody];
    expect(error.extensions).toEqual(limited('key'));
    expect(answer.headers.get('retry-after')).toBe(String(error.extensions.retryAfterSeconds));
    expect(error.extensions.retryAfterSeconds).toBeGreaterThan(0);
    expect(error.message).toMatch(/^Too much was asked with this API key .* Try again in \d+ seconds\.$/);
    expect((await api.graphql({ query: VIEWER }, other)).errors).toEqual([]);
  });

  it('pays more for what costs more', async () => {
    const key = await newKey();
    const query = '{ runs(first: 100) { edges { node { id status version hash } } } }';
    const { before, answer } = await untilRefused(() => api.graphql({ query }, key));
    expect(before).toBe(2);
    expect(answer.errors[0]?.extensions).toEqual(limited('key'));
  });

  it('is counted over sockets too: the operation is refused, the socket stays', async () => {
    const key = await newKey();
    const { client } = clientOf(api, key);
    const first = follow(client, 'subscription { approvalEvents { id } }');
    await untilRefused(() => api.graphql({ query: VIEWER }, key));
    const second = follow(client, 'subscription { approvalEvents { id } }');
    await second.until(() => second.outcome.error !== undefined);
    expect(second.outcome.error).toEqual([expect.objectContaining({ extensions: limited('key') })]);
    expect(first.outcome).toEqual({});
  });
});

describe('/metrics and health', () => {
  it('are not limited, and count who was refused', async () => {
    const seen = new Set<number>();
    for (let i = 0; i < 220; i += 1) seen.add((await fetch(`${api.url}/healthz`)).status);
    const page = await (await fetch(`${api.url}/metrics`)).text();
    expect([...seen]).toEqual([200]);
    expect(page).toMatch(/^levqor_api_rate_limited_total\{limit="key"\} [1-9]/m);
  });
});

describe('a webhook', () => {
  const call = (token: string) => fetch(`${api.url}/hooks/${token}`, { method: 'POST', body: '{}' });

  it('takes so many calls for each token and for each address', async () => {
    for (let i = 0; i < 5; i += 1) expect((await call('one')).status).toBe(404);
    const refused = await call('one');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    expect(await refused.json()).toEqual({
      error: { reason: 'rate_limited', message: expect.any(String), retryAfterSeconds: expect.any(Number) },
      requestId: refused.headers.get('x-request-id'),
    });
    for (let i = 0; i < 6; i += 1) expect((await call(`other ${i}`)).status).toBe(404);
    expect((await call('the last one')).status).toBe(429);
  });
});

describe('guessing keys', () => {
  it('is slow: then no key from there is looked up, but those that are known to be valid', async () => {
    const key = await newKey();
    expect((await api.graphql({ query: VIEWER }, key)).errors).toEqual([]);
    const guesses = await Promise.all(
      Array.from({ length: 10 }, (_, i) => api.graphql({ query: VIEWER }, `lvq_guess_${i}`)),
    );
    expect(guesses.map(({ status }) => status).sort()).toEqual([
      ...Array(3).fill(200),
      ...Array(7).fill(429),
    ]);
    const refused = guesses.find(({ status }) => status === 429);
    expect(refused?.errors[0]?.extensions).toEqual(limited('signIn'));
    expect((await api.graphql({ query: VIEWER }, key)).errors).toEqual([]);
    const { client, closed } = clientOf(api, 'lvq_another_guess');
    follow(client, 'subscription { approvalEvents { id } }');
    expect(await closed).toMatchObject({ code: 1013, reason: 'rate_limited' });
  });
});

describe('an address without a key', () => {
  it('may ask so much, whatever it asks', async () => {
    const { answer } = await untilRefused(() => api.graphql({ query: '{ flowSchema }' }));
    expect(answer.status).toBe(429);
    expect(answer.errors[0]?.extensions).toEqual(limited('address'));
    const unreadable = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{"}',
    });
    expect(unreadable.status).toBe(429);
  });
});

describe('the default rates', () => {
  it('let the most expensive operation through, and a burst of a hundred small ones', () => {
    expect(DEFAULT_RATES.key.points).toBeGreaterThan(501 + 200);
    expect(DEFAULT_RATES.address.points).toBeGreaterThan(501);
  });
});
