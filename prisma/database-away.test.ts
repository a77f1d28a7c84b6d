import { describe, expect, it } from '@jest/globals';
import { isDatabaseAway } from './database-away.ts';

const coded = (message: string, code: string) => Object.assign(new Error(message), { code });
const DRIVER = Object.assign(new Error('ConnectionClosed'), { name: 'DriverAdapterError' });

describe('a database error', () => {
  // Each was seen while PostgreSQL was killed, or its connections were cut.
  it.each([
    ['that nothing listens', coded('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED')],
    ['that the connection was reset', coded('read ECONNRESET', 'ECONNRESET')],
    ['that the connection was reset while writing', coded('write EPIPE', 'EPIPE')],
    ['that no answer came in time', new Error('timeout expired')],
    ['that the server hung up', new Error('Connection terminated unexpectedly')],
    [
      'that the connection had been lost before',
      new Error('Client has encountered a connection error and is not queryable'),
    ],
    [
      'of the driver at the beginning of a transaction',
      Object.assign(DRIVER, { cause: { kind: 'ConnectionClosed' } }),
    ],
  ])('tells that it is away: %s', (_, error) => {
    expect(isDatabaseAway(error)).toBe(true);
  });

  it.each([
    ['a broken rule', coded('Unique constraint failed', 'P2002')],
    ['a wrong password', coded('password authentication failed', '28P01')],
    ['a fault of ours', new TypeError('undefined is not a function')],
  ])('does not: %s', (_, error) => {
    expect(isDatabaseAway(error)).toBe(false);
  });
});
