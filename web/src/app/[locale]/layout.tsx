import '../globals.css';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import { notFound } from 'next/navigation';
import { hasLocale } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { ClientLog } from '../../features/client-log/client-log.tsx';
import { brokenWords } from '../../i18n/broken-words.ts';
import { directionOf } from '../../i18n/locales.ts';
import { routing } from '../../i18n/routing.ts';
import { webConfig } from '../../lib/config.ts';
import { THEME_COOKIE, themeOf } from '../../lib/preferences.ts';

interface LayoutProps {
  children: ReactNode;
  params: Promise<{ locale: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('App');
  return {
    metadataBase: new URL(webConfig().url),
    title: { default: t('name'), template: `%s · ${t('name')}` },
    description: t('description'),
    // Pages that everybody may find say so themselves.
    robots: { index: false },
  };
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: '#070c14',
};

/** What all pages share. What only the app needs around it is in AppFrame, so that public pages stay light. */
export default async function RootLayout({ children, params }: LayoutProps) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  const theme = themeOf((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html lang={locale} dir={directionOf(locale)} data-theme={theme}>
      <body data-broken-words={await brokenWords()}>
        <ClientLog />
        {children}
      </body>
    </html>
  );
}
