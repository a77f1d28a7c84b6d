import { describe, expect, it } from '@jest/globals';
import { explainFailure } from './postgres-failure.ts';

const explain = (failure: string) => explainFailure(failure, { dataDir: 'data', port: 5439 });

describe('a PostgreSQL that does not start', () => {
  it.each([
    [
      'postgres: error while loading shared libraries: libstdc++.so.6: cannot open shared object file',
      /needs the system library libstdc\+\+\.so\.6.*apt-get install libstdc\+\+6.*DATABASE_URL/,
    ],
    [
      'LOG:  could not bind IPv4 address "127.0.0.1": Address already in use',
      /^Port 5439 is taken by another program\. Please end that program or choose another port\.$/,
    ],
    [
      'DETAIL:  The data directory was initialized by PostgreSQL version 16, which is not compatible with this version 15.18.',
      /made by another version of PostgreSQL.*move the folder away/,
    ],
    ['FATAL:  data directory "data" has wrong ownership', /belongs to another user/],
    ['FATAL:  something new', /did not start in data: FATAL: {2}something new/],
  ])('is explained: %s', (failure, expected) => {
    expect(explain(failure)).toMatch(expected);
  });
});
