import '../globals.css';
import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { hasLocale } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { ClientLog } from '../../features/client-log/client-log.tsx';
import { ClientTexts } from '../../features/shell/client-texts.tsx';
import { Providers } from '../../features/shell/providers.tsx';
import { directionOf } from '../../i18n/locales.ts';
import { routing } from '../../i18n/routing.ts';
import { THEME_COOKIE, themeOf } from '../../lib/preferences.ts';

interface LayoutProps {
  children: ReactNode;
  params: Promise<{ locale: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('App');
  return { title: { default: t('name'), template: `%s · ${t('name')}` }, description: t('description') };
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: '#070c14',
};

export default async function RootLayout({ children, params }: LayoutProps) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  const theme = themeOf((await cookies()).get(THEME_COOKIE)?.value);
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  const direction = directionOf(locale);
  return (
    <html lang={locale} dir={direction} data-theme={theme}>
      <body>
        <ClientLog />
        <ClientTexts>
          <Providers direction={direction} nonce={nonce} theme={theme}>
            {children}
          </Providers>
        </ClientTexts>
      </body>
    </html>
  );
}
