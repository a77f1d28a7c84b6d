import { describe, expect, it } from '@jest/globals';
import { renamingIn } from './renaming-in.ts';

describe('a renaming in the audit log', () => {
  it('has both names', () => {
    const details = { before: 'A', after: 'B' };
    expect(renamingIn({ action: 'tenant.rename', details })).toEqual(details);
  });

  it('is nothing else', () => {
    expect(renamingIn({ action: 'tenant.provision', details: { before: 'A', after: 'B' } })).toBeNull();
    for (const details of [null, 'x', ['x'], {}, { before: 'A', after: 1 }])
      expect(renamingIn({ action: 'tenant.rename', details })).toBeNull();
  });
});
