/** A language of the app: its name in itself, and the way that it is written. */
export interface Language {
  name: string;
  direction: 'ltr' | 'rtl';
}

/** The language that fills what another one lacks. */
export const DEFAULT_LOCALE = 'en';

const ltr = (name: string): Language => ({ name, direction: 'ltr' });
const rtl = (name: string): Language => ({ name, direction: 'rtl' });

/** The 40 languages by their BCP 47 tag. Texts that one does not have yet come in English, key by key. */
export const LANGUAGES = {
  en: ltr('English'),
  ar: rtl('العربية'),
  bg: ltr('Български'),
  bn: ltr('বাংলা'),
  ca: ltr('Català'),
  cs: ltr('Čeština'),
  da: ltr('Dansk'),
  de: ltr('Deutsch'),
  el: ltr('Ελληνικά'),
  es: ltr('Español'),
  et: ltr('Eesti'),
  fa: rtl('فارسی'),
  fi: ltr('Suomi'),
  fil: ltr('Filipino'),
  fr: ltr('Français'),
  he: rtl('עברית'),
  hi: ltr('हिन्दी'),
  hr: ltr('Hrvatski'),
  hu: ltr('Magyar'),
  id: ltr('Bahasa Indonesia'),
  it: ltr('Italiano'),
  ja: ltr('日本語'),
  ko: ltr('한국어'),
  lt: ltr('Lietuvių'),
  lv: ltr('Latviešu'),
  ms: ltr('Bahasa Melayu'),
  nb: ltr('Norsk bokmål'),
  nl: ltr('Nederlands'),
  pl: ltr('Polski'),
  'pt-BR': ltr('Português (Brasil)'),
  ro: ltr('Română'),
  sk: ltr('Slovenčina'),
  sl: ltr('Slovenščina'),
  sv: ltr('Svenska'),
  th: ltr('ไทย'),
  tr: ltr('Türkçe'),
  uk: ltr('Українська'),
  ur: rtl('اردو'),
  vi: ltr('Tiếng Việt'),
  'zh-Hans': ltr('简体中文'),
} satisfies Record<string, Language>;

/** A language tag of the app. */
export type Locale = keyof typeof LANGUAGES;

/** All language tags, English first. */
export const LOCALES = Object.keys(LANGUAGES) as Locale[];

/** Languages that have all texts of their own, in web/messages; the others come in English until they have. */
export const TRANSLATED_LOCALES = ['de', 'fr', 'es', 'pt-BR', 'ja', 'ar'] as const satisfies Locale[];

/** Which way a language is written. */
export function directionOf(locale: Locale): Language['direction'] {
  return LANGUAGES[locale].direction;
}
