import { describe, expect, it } from '@jest/globals';
import { browserWords } from './browser-words.ts';

describe('a user agent', () => {
  it.each([
    [
      'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      { browser: 'Firefox', system: 'Linux', isHandheld: false },
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
      { browser: 'Chrome', system: 'Windows', isHandheld: false },
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
      { browser: 'Safari', system: 'iOS', isHandheld: true },
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
      { browser: 'Safari', system: 'macOS', isHandheld: false },
    ],
    ['', { browser: null, system: null, isHandheld: false }],
    [null, { browser: null, system: null, isHandheld: false }],
  ])('%j in words', (userAgent, words) => {
    expect(browserWords(userAgent)).toEqual(words);
  });

  it('that nobody knows has no system', () => {
    expect(browserWords('nonsense').system).toBeNull();
  });
});
