import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../graphql/graphql.ts';
import { renamingIn } from './renaming-in.ts';

describe('a renaming in the audit log', () => {
  it('has both names', () => {
    const details = { before: 'A', after: 'B' };
    expect(renamingIn({ action: 'tenant.rename', details })).toEqual(details);
  });

  it('is nothing else', () => {
    expect(renamingIn({ action: 'tenant.provision', details: { before: 'A', after: 'B' } })).toBeNull();
    const others: Json[] = [null, 'x', ['x'], {}, { before: 'A', after: 1 }];
    for (const details of others) expect(renamingIn({ action: 'tenant.rename', details })).toBeNull();
  });
});
