import { describe, expect, it } from '@jest/globals';
import { LANGUAGES, LOCALES, directionOf } from './locales.ts';

describe('the languages', () => {
  it('are 40, each with a tag that is one and a name of its own', () => {
    expect(LOCALES).toHaveLength(40);
    expect(Intl.getCanonicalLocales(LOCALES)).toEqual(LOCALES);
    expect(new Set(Object.values(LANGUAGES).map(({ name }) => name)).size).toBe(40);
  });

  it('run the way that their script does', () => {
    const wrong = LOCALES.filter((locale) => {
      const { script } = new Intl.Locale(locale).maximize();
      return (['Arab', 'Hebr'].includes(script ?? '') ? 'rtl' : 'ltr') !== directionOf(locale);
    });
    expect(wrong).toEqual([]);
  });
});
