'use client';

import { setNonce } from 'get-nonce';
import { Direction } from 'radix-ui';
import { useEffect, type ReactNode } from 'react';
import { Toaster } from 'sonner';
import { useRouter } from '../../i18n/navigation.ts';
import { TIME_ZONE_COOKIE, type Theme } from '../../lib/preferences.ts';

interface ProvidersProps {
  direction: 'ltr' | 'rtl';
  theme: Theme;
  children: ReactNode;
}

/** What client components need around them. */
export function Providers({ direction, theme, children }: ProvidersProps) {
  const router = useRouter();
  useEffect(() => {
    // What the page came with: a page that is read anew comes with another one, which this document does not take.
    const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce;
    if (nonce) setNonce(nonce);
  }, []);
  useEffect(() => {
    // Times are written on the server, which learns the person's time zone this way.
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (document.cookie.includes(`${TIME_ZONE_COOKIE}=`)) return;
    document.cookie = `${TIME_ZONE_COOKIE}=${zone}; path=/; max-age=31536000; samesite=lax`;
    router.refresh();
  }, [router]);
  return (
    <Direction.DirectionProvider dir={direction}>
      {children}
      <Toaster position="bottom-center" theme={theme} />
    </Direction.DirectionProvider>
  );
}
