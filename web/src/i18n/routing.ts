import { defineRouting } from 'next-intl/routing';
import { DEFAULT_LOCALE, LOCALES } from './locales.ts';

/** The cookie that remembers the language of the last page: letters and pages for errors are in it, too. */
export const LANGUAGE_COOKIE = {
  name: 'levqor.language',
  maxAge: 365 * 24 * 60 * 60,
  sameSite: 'lax',
} as const;

/** Each address begins with its language; the browser's own is taken where none is named. */
export const routing = defineRouting({
  locales: LOCALES,
  defaultLocale: DEFAULT_LOCALE,
  localePrefix: 'always',
  alternateLinks: false,
  localeCookie: LANGUAGE_COOKIE,
});
