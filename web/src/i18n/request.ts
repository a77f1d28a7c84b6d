import { cookies } from 'next/headers';
import { hasLocale } from 'next-intl';
import { getRequestConfig } from 'next-intl/server';
import { isTimeZone, TIME_ZONE_COOKIE } from '../lib/preferences.ts';
import { webConfig } from '../lib/config.ts';
import { DEFAULT_LOCALE, TRANSLATED_LOCALES, type Locale } from './locales.ts';
import { mergeMessages, type Messages } from './merge-messages.ts';
import { routing } from './routing.ts';

const english = async (): Promise<Messages> => (await import('../../messages/en.json')).default;

// Named one by one: the build must know each file.
const TRANSLATED: Record<(typeof TRANSLATED_LOCALES)[number], () => Promise<{ default: Messages }>> = {
  de: () => import('../../messages/de.json'),
  fr: () => import('../../messages/fr.json'),
  es: () => import('../../messages/es.json'),
  'pt-BR': () => import('../../messages/pt-BR.json'),
  ja: () => import('../../messages/ja.json'),
  ar: () => import('../../messages/ar.json'),
};

async function messagesOf(locale: Locale): Promise<Messages> {
  const known = TRANSLATED_LOCALES.find((one) => one === locale);
  if (known !== undefined) return mergeMessages(await english(), (await TRANSLATED[known]()).default);
  if (!webConfig().pseudoTexts) return english();
  const { pseudoMessages } = await import('./pseudo-messages.ts');
  return pseudoMessages(await english());
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
