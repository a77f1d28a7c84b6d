import { cookies } from 'next/headers';
import { hasLocale } from 'next-intl';
import { getRequestConfig } from 'next-intl/server';
import { isTimeZone, TIME_ZONE_COOKIE } from '../lib/preferences.ts';
import { DEFAULT_LOCALE, type Locale } from './locales.ts';
import { mergeMessages, type Messages } from './merge-messages.ts';
import { routing } from './routing.ts';

/** Languages that have texts of their own; the others come in English until they have. */
const TRANSLATED: Partial<Record<Locale, () => Promise<{ default: Messages }>>> = {};

const english = async (): Promise<Messages> => (await import('../../messages/en.json')).default;

async function messagesOf(locale: Locale): Promise<Messages> {
  const own = TRANSLATED[locale];
  return own === undefined ? english() : mergeMessages(await english(), (await own()).default);
}

// next-intl looks for the default export of this file.
export default getRequestConfig(async ({ requestLocale }) => {
  const asked = await requestLocale;
  const locale = hasLocale(routing.locales, asked) ? asked : DEFAULT_LOCALE;
  const zone = (await cookies()).get(TIME_ZONE_COOKIE)?.value ?? '';
  // One moment for the server and the browser, or the two would write different times.
  const now = new Date();
  return { locale, messages: await messagesOf(locale), timeZone: isTimeZone(zone) ? zone : 'UTC', now };
});
