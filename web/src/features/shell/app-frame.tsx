import { cookies } from 'next/headers';
import { getLocale } from 'next-intl/server';
import type { ReactNode } from 'react';
import { directionOf } from '../../i18n/locales.ts';
import { THEME_COOKIE, themeOf } from '../../lib/preferences.ts';
import { ClientTexts } from './client-texts.tsx';
import { Providers } from './providers.tsx';

/** What the pages of the app have around them: texts, directions and notices for their client components. */
export async function AppFrame({ children }: { children: ReactNode }) {
  const theme = themeOf((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <ClientTexts>
      <Providers direction={directionOf(await getLocale())} theme={theme}>
        {children}
      </Providers>
    </ClientTexts>
  );
}
