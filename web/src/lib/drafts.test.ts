import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { beginDraftsOf, forgetDraft, forgetDrafts, keepDraft, readDraft } from './drafts.ts';

/** As a browser's storage: what is kept is its own properties. */
const METHODS = {
  getItem(this: Record<string, string>, key: string) {
    return this[key] ?? null;
  },
  setItem(this: Record<string, string>, key: string, value: string) {
    this[key] = value;
  },
  removeItem(this: Record<string, string>, key: string) {
    delete this[key];
  },
};
function storageOf(property: PropertyDescriptor): void {
  Object.defineProperty(globalThis, 'sessionStorage', { configurable: true, ...property });
}

beforeEach(() => storageOf({ value: Object.create(METHODS) as unknown }));
afterEach(() => storageOf({ value: undefined }));

describe('a draft', () => {
  it('is there until it is forgotten', () => {
    keepDraft('a', 'one');
    keepDraft('a', 'two');
    keepDraft('b', 'three');
    expect([readDraft('a'), readDraft('b'), readDraft('c')]).toEqual(['two', 'three', null]);
    forgetDraft('a');
    expect([readDraft('a'), readDraft('b')]).toEqual([null, 'three']);
  });

  it('goes with the others when somebody signs out, and nothing else goes', () => {
    sessionStorage.setItem('of another', 'stays');
    keepDraft('a', 'one');
    forgetDrafts();
    expect([readDraft('a'), sessionStorage.getItem('of another')]).toEqual([null, 'stays']);
  });

  it('is for the person who typed it', () => {
    beginDraftsOf('mina');
    keepDraft('a', 'one');
    beginDraftsOf('mina');
    expect(readDraft('a')).toBe('one');
    beginDraftsOf('eve');
    expect(readDraft('a')).toBeNull();
  });

  it('that is too long for a browser leaves the one before', () => {
    keepDraft('a', 'one');
    keepDraft('a', 'x'.repeat(300_001));
    expect(readDraft('a')).toBe('one');
  });

  it('is not there where a browser forbids it', () => {
    storageOf({
      get: () => {
        throw new Error('SecurityError');
      },
    });
    keepDraft('a', 'one');
    beginDraftsOf('mina');
    forgetDrafts();
    expect(readDraft('a')).toBeNull();
  });
});
