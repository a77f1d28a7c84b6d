import { describe, expect, it } from '@jest/globals';
import type { WorkflowId } from '../ids.ts';
import { failureFingerprint, reasonOf } from './failure-fingerprint.ts';

const one = 'one' as WorkflowId;
const code = 'FAILED';
const of = (message: string, more: Partial<{ code: string; stepId: string | null }> = {}) =>
  failureFingerprint({ workflowId: one, error: { code, stepId: 'charge', message, ...more } });

describe('reasonOf', () => {
  it.each([
    ['No order 17 of 2,300 (12.5 %)', 'No order <number> of <number> (<number> %)'],
    ['The charge "ch_1" is closed', 'The charge <value> is closed'],
    [`It doesn't know 'blue', it can't`, `It doesn't know <value>, it can't`],
    ['Charge ch_3NabcD not found', 'Charge <id> not found'],
    ['Run 0f8fad5b-d9cb-469f-a165-70867728950e is gone', 'Run <id> is gone'],
    ['run_0f8fad5bd9cb469fa16570867728950e is gone', '<id> is gone'],
    ['Due at 2026-01-31T09:00:00.123Z, then 2026-02-01', 'Due at <time>, then <time>'],
    ['Closed at 18:30', 'Closed at <time>'],
    ['connect ECONNREFUSED 10.0.0.7:5432', 'connect ECONNREFUSED <address>'],
    [
      'connect ECONNREFUSED ::1:5432 or [2001:db8::8a2e:370:7334]:443',
      'connect ECONNREFUSED ::<address> or <address>',
    ],
    ['GET https://shop.example/orders/7?x=1 failed', 'GET <address> failed'],
    ['getaddrinfo ENOTFOUND api.shop.example', 'getaddrinfo ENOTFOUND <address>'],
    ['localhost:8080 does not answer', '<address> does not answer'],
    ['steps.charge.output.body is no list', 'steps.charge.output.body is no list'],
    ['Mail to ada.l@example.com was refused', 'Mail to <address> was refused'],
    ['It is not utf8\n  text.  See step two.', 'It is not utf<number> text. See step two.'],
    ['', ''],
  ])('%s', (message, reason) => {
    expect(reasonOf({ code, message })).toBe(reason);
  });

  it('keeps the status of an HTTP answer', () => {
    const reason = (message: string) => reasonOf({ code: 'HTTP_STATUS', message });
    expect(reason('The server answered 503 to order 12.')).toBe(
      reason('The server answered 503 to order 99.'),
    );
    expect(reason('The server answered 503.')).not.toBe(reason('The server answered 404.'));
  });

  it('ends soon for the longest and the worst texts', () => {
    for (const piece of ['a', '1', '"', "'", 'a.', 'a-', '1:', 'a@', 'a1_', '::', ' '])
      expect(reasonOf({ code, message: piece.repeat(1_000_000) }).length).toBeLessThanOrEqual(300);
  });
});

describe('failureFingerprint', () => {
  it('is one for the items of a loop and the values of a run', () => {
    expect(of('Order 17 of "Ada" is closed')).toBe(of('Order 4 of "Grace" is closed'));
    expect(of('Order 17 is closed')).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['another message', of('Order 17 is open')],
    ['another code', of('Order 17 is closed', { code: 'HTTP_NETWORK' })],
    ['another step', of('Order 17 is closed', { stepId: 'refund' })],
    ['no step', of('Order 17 is closed', { stepId: null })],
    [
      'another workflow',
      failureFingerprint({
        workflowId: 'two' as WorkflowId,
        error: { code, stepId: 'charge', message: 'Order 17 is closed' },
      }),
    ],
  ])('is another for %s', (_, other) => {
    expect(of('Order 17 is closed')).not.toBe(other);
  });
});
