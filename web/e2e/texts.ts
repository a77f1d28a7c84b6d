import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTranslator } from 'next-intl';
import type english from '../messages/en.json';
import type { Locale } from '../src/i18n/locales.ts';

const FOLDER = join(import.meta.dirname, '..', 'messages');

/** The texts of a language by their whole key (`Runs.title`), as the app shows them. */
export function textsOf(locale: Locale) {
  const file = readFileSync(join(FOLDER, `${locale}.json`), 'utf8');
  return createTranslator({ locale, messages: JSON.parse(file) as typeof english });
}

/** Gives a text by its key, with the values that stand in it. */
export type Texts = ReturnType<typeof textsOf>;
