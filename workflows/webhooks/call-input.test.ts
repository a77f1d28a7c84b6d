import { describe, expect, it } from '@jest/globals';
import { callInput } from './call-input.ts';
import { eventKey } from './event-key.ts';

const call = { method: 'POST', query: '', headers: {}, body: null, token: 'the-secret-token' };

describe('callInput', () => {
  it('tells method, query, headers and body', () => {
    const headers = { host: 'levqor.example', 'x-event': 'paid', accept: ['a', 'b'], te: undefined };
    expect(callInput({ ...call, query: 'a=1&b=2&b=3', headers, body: { sum: 5 } })).toEqual({
      method: 'POST',
      query: { a: '1', b: ['2', '3'] },
      headers: { host: 'levqor.example', 'x-event': 'paid', accept: 'a, b' },
      body: { sum: 5 },
    });
  });

  it.each([
    'authorization',
    'proxy-authorization',
    'proxy-connection',
    'cookie',
    'set-cookie',
    'x-api-key',
    'apikey',
    'x-auth-key',
    'stripe-signature',
    'x-hub-signature',
    'x-hub-signature-256',
    'webhook-signature',
    'x-signature',
    'x-gitlab-token',
    'x-telegram-bot-api-secret-token',
    'x-shopify-hmac-sha256',
  ])('leaves the header %s out', (name) => {
    expect(callInput({ ...call, headers: { [name]: 'canary', host: 'h' } }).headers).toEqual({ host: 'h' });
  });

  it('leaves a header of a proxy out that repeats the token', () => {
    const headers = { 'x-forwarded-uri': '/hooks/the-secret-token?a=1', 'x-forwarded-for': '192.0.2.1' };
    expect(callInput({ ...call, headers }).headers).toEqual({ 'x-forwarded-for': '192.0.2.1' });
  });
});

describe('eventKey', () => {
  const all = { 'idempotency-key': 'mine', 'webhook-id': 'msg_1', 'x-github-delivery': 'd-1' };
  const body = { id: 'evt_1' };

  it.each([
    ['none', all, body, 'idempotency-key:mine'],
    ['none', { 'webhook-id': 'msg_1' }, body, 'webhook-id:msg_1'],
    ['none', {}, body, null],
    ['github', { 'x-github-delivery': 'd-1' }, body, 'x-github-delivery:d-1'],
    ['github', all, body, 'idempotency-key:mine'],
    // What the signature covers comes first: the other headers may be changed by who replays the call.
    ['stripe', all, body, 'id:evt_1'],
    ['stripe', all, { id: 5 }, 'idempotency-key:mine'],
    ['stripe', {}, ['evt_1'], null],
    ['standard_webhooks', all, body, 'webhook-id:msg_1'],
    ['hmac_sha256', all, body, 'idempotency-key:mine'],
    ['none', { 'idempotency-key': '' }, body, null],
  ] as const)('of %s with %p is %p', (scheme, headers, given, key) => {
    expect(eventKey(scheme, headers, given as never)).toEqual({ key });
  });

  it('may have 255 characters', () => {
    const of = (length: number) => eventKey('none', { 'idempotency-key': 'k'.repeat(length) }, null);
    expect(of(255)).toMatchObject({ key: expect.any(String) });
    expect(of(256)).toMatchObject({ status: 400, reason: 'event_key_length' });
  });
});
