import { describe, expect, it } from '@jest/globals';
import { CLIENT_LOG_LIMITS } from './limits.ts';
import { clientBatchSchema, type ClientEvent } from './model.ts';

const error: ClientEvent = {
  kind: 'error',
  page: '/en/runs',
  message: 'It broke',
  stack: null,
  digest: null,
  count: 1,
};
const vital: ClientEvent = { kind: 'vital', page: '/en/runs', name: 'LCP', value: 1200 };

describe('a batch of a browser', () => {
  it.each<[string, unknown]>([
    ['an error', [error]],
    ['a request', [{ kind: 'request', page: '/en', path: '/graphql', status: 502, count: 3 }]],
    ['a broken policy', [{ kind: 'policy', page: '/en', directive: 'script-src', blocked: '/x', count: 1 }]],
    ['a figure', [vital]],
    ['as many as may be', Array(CLIENT_LOG_LIMITS.events).fill(error)],
  ])('may hold %s', (_, events) => {
    expect(clientBatchSchema.safeParse({ events }).success).toBe(true);
  });

  it.each<[string, unknown]>([
    ['nothing', []],
    ['too many', Array(CLIENT_LOG_LIMITS.events + 1).fill(error)],
    ['another kind', [{ ...error, kind: 'note' }]],
    ['another figure', [{ ...vital, name: 'FID' }]],
    ['a field of its own', [{ ...error, email: 'mina@example.com' }]],
    ['a long message', [{ ...error, message: 'x'.repeat(CLIENT_LOG_LIMITS.text + 1) }]],
    ['a negative figure', [{ ...vital, value: -1 }]],
    ['a figure that is none', [{ ...vital, value: Number.NaN }]],
    ['a request that went well', [{ kind: 'request', page: '/en', path: '/x', status: 200, count: 1 }]],
  ])('may not hold %s', (_, events) => {
    expect(clientBatchSchema.safeParse({ events }).success).toBe(false);
  });
});
