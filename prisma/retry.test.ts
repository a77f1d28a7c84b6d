import { describe, expect, it } from '@jest/globals';
import { isTransient, retryTransient } from './retry.ts';

/** An error as Prisma 7 throws it for a raw query whose driver failed. */
const ofRawQuery = (cause: { kind: string; originalCode?: string }) =>
  Object.assign(new Error('Raw query failed.'), { code: 'P2010', meta: { driverAdapterError: { cause } } });

describe('a database error', () => {
  it.each([
    ['no connection', Object.assign(new Error('x'), { code: 'P1001' })],
    ['a refused conflict', Object.assign(new Error('x'), { code: 'P2034' })],
    ['a raw query without a server', ofRawQuery({ kind: 'DatabaseNotReachable' })],
    ['a raw query while it starts', ofRawQuery({ kind: 'postgres', originalCode: '57P03' })],
    ['the refusal of the network', new Error('connect ECONNREFUSED 127.0.0.1:5432')],
  ])('allows another try: %s', (_, error) => {
    expect(isTransient(error)).toBe(true);
  });

  it.each([
    [
      'a connection lost on the way, since the commit may have arrived',
      ofRawQuery({ kind: 'ConnectionClosed' }),
    ],
    ['a session ended by an operator', ofRawQuery({ kind: 'postgres', originalCode: '57P01' })],
    ['a broken rule', ofRawQuery({ kind: 'UniqueConstraintViolation', originalCode: '23505' })],
    ['no error at all', 'ECONNREFUSED'],
  ])('does not: %s', (_, error) => {
    expect(isTransient(error)).toBe(false);
  });

  it('is thrown at once when another try could do harm, and waited out when not', async () => {
    let tries = 0;
    const twice = async () => {
      if (++tries < 2) throw ofRawQuery({ kind: 'DatabaseNotReachable' });
      return tries;
    };
    expect(await retryTransient(twice)).toBe(2);
    const lost = ofRawQuery({ kind: 'ConnectionClosed' });
    await expect(retryTransient(() => Promise.reject(lost))).rejects.toBe(lost);
  });
});
