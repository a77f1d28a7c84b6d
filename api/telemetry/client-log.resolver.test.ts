import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CLIENT_LOG_LIMITS } from '../../workflows/telemetry/limits.ts';
import type { ClientEvent } from '../../workflows/telemetry/model.ts';
import { readWebKey } from '../sign-in/web-token.ts';
import { openTestApi, type TestApi } from '../testing/api.ts';

const SECRET = randomBytes(32).toString('hex');

let api: TestApi;
beforeAll(async () => {
  const { publicKey } = generateKeyPairSync('ed25519');
  const key = readWebKey(publicKey.export({ format: 'der', type: 'spki' }).toString('base64'));
  api = await openTestApi({ web: { key, secret: SECRET, mail: null, demoPeople: [] } });
});
afterAll(() => api.close());

const broken: ClientEvent = {
  kind: 'error',
  page: '/en/runs/run_0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a',
  message: 'No member mina@example.com at /en/members?token=canary',
  stack: 'at f (https://levqor.example/_next/x.js?canary:1:2)',
  digest: '1234',
  count: 2,
};

async function tell(
  events: unknown,
  { secret = SECRET, network = randomUUID() as string, ...more }: Record<string, string> = {},
): Promise<number> {
  const response = await fetch(`${api.url}/internal/client-log`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify({ network, userAgent: 'Chromium', batch: { events }, ...more }),
  });
  return response.status;
}

const metrics = async () => (await fetch(`${api.url}/metrics`)).text();
const linesOf = (word: string) => api.logged.filter((line) => line.includes(word));

describe('what browsers tell of', () => {
  it('is a line of the log, without what names a person or opens a door', async () => {
    expect(await tell([broken])).toBe(204);
    const [line = '{}'] = linesOf('No member');
    expect(JSON.parse(line)).toMatchObject({
      level: 'warn',
      userAgent: 'Chromium',
      requestId: expect.any(String),
      browser: {
        kind: 'error',
        page: '/en/runs/[id]',
        message: 'No member [e-mail] at /en/members',
        digest: '1234',
        count: 2,
      },
    });
    expect(api.logged.join('')).not.toMatch(/canary|mina@/);
  });

  it('is counted by kind, and figures by name', async () => {
    const before = await metrics();
    const countOf = (text: string, name: string) =>
      Number(new RegExp(`^${name.replaceAll(/[{}]/g, '\\$&')} (\\S+)$`, 'm').exec(text)?.[1] ?? 0);
    expect(
      await tell([
        { ...broken, kind: 'rejection', count: 3 },
        { kind: 'request', page: '/en/runs', path: '/graphql?x', status: 502, count: 1 },
        {
          kind: 'policy',
          page: '/en/runs',
          directive: 'script-src',
          blocked: 'https://e.example/x',
          count: 1,
        },
        { kind: 'vital', page: '/en/runs', name: 'LCP', value: 1_700 },
        { kind: 'vital', page: '/en/runs', name: 'CLS', value: 0.02 },
      ]),
    ).toBe(204);
    const after = await metrics();
    for (const [name, more] of [
      ['levqor_web_client_faults_total{kind="rejection"}', 3],
      ['levqor_web_client_faults_total{kind="request"}', 1],
      ['levqor_web_client_faults_total{kind="policy"}', 1],
      ['levqor_web_vital_seconds_count{vital="LCP"}', 1],
      ['levqor_web_layout_shift_count', 1],
    ] as const)
      expect({ name, more: countOf(after, name) - countOf(before, name) }).toEqual({ name, more });
    expect(after).toContain('levqor_web_vital_seconds_sum{vital="LCP"} 1.7');
  });

  it('comes from the web app only', async () => {
    expect(await tell([broken], { secret: 'wrong' })).toBe(401);
  });

  it.each<[string, unknown, Record<string, string>]>([
    ['another shape', [{ kind: 'note' }], {}],
    ['nothing', [], {}],
    ['more beside it', [broken], { person: 'mina' }],
  ])('is refused with %s', async (_, events, more) => {
    expect(await tell(events, more)).toBe(400);
  });

  it('is refused when it is too large', async () => {
    const large = { ...broken, stack: 'x'.repeat(CLIENT_LOG_LIMITS.bytes + 2_000) };
    expect(await tell([large])).toBe(413);
  });

  it('is refused when one network sends too much, and others go on', async () => {
    const network = randomUUID();
    const answers = await Promise.all(Array.from({ length: 70 }, () => tell([broken], { network })));
    expect(answers.filter((status) => status === 204).length).toBeGreaterThanOrEqual(60);
    expect(answers).toContain(429);
    expect(await tell([broken])).toBe(204);
  });
});
