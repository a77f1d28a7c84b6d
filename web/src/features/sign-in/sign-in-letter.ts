import 'server-only';
import { getTranslations } from 'next-intl/server';
import type { Locale } from '../../i18n/locales.ts';

/** The mail with the link to sign in, in the language of the page on which it was asked for. */
export async function signInLetter({
  locale,
  url,
  minutes,
}: {
  locale: Locale;
  url: string;
  minutes: number;
}): Promise<{ subject: string; text: string }> {
  const t = await getTranslations({ locale, namespace: 'SignInLetter' });
  const page = await getTranslations({ locale, namespace: 'SignInPage' });
  const open = t('open', { button: page('confirm') });
  return {
    subject: t('subject'),
    text: [open, '', url, '', t('once', { minutes }), t('ignore'), ''].join('\n'),
  };
}
