'use client';

import { useEffect, useState } from 'react';
import type english from '../../messages/en.json';
import { Button, buttonLook } from '../components/button.tsx';
import { Logo } from '../components/logo.tsx';
import { ClientLog } from '../features/client-log/client-log.tsx';
import { DEFAULT_LOCALE, directionOf, TRANSLATED_LOCALES, type Locale } from '../i18n/locales.ts';
import './globals.css';

interface ErrorPageProps {
  error: Error & { digest?: string };
  reset: () => void;
}

const read = (locale: Locale) => import(`../../messages/${locale}.json`) as Promise<{ default: Words }>;
type Words = Pick<typeof english, 'ErrorState' | 'Errors'>;

/** When even the frame of all pages broke: nothing of it can be used, so the texts are fetched here. */
export default function GlobalError({ error, reset }: ErrorPageProps) {
  const [locale] = useState(localeHere);
  const [words, setWords] = useState<Words | null>(null);
  useEffect(() => {
    reportError(error);
    read(locale).then(
      (file) => setWords(file.default),
      () => undefined,
    );
  }, [error, locale]);
  return (
    <html lang={locale} dir={directionOf(locale)} data-theme="dark">
      <body>
        <ClientLog />
        <main
          role="alert"
          className="mx-auto flex min-h-dvh max-w-sm flex-col items-start justify-center gap-3 px-5"
        >
          <Logo size={30} />
          {words === null ? null : (
            <>
              <h1 className="text-21 font-semibold">{words.ErrorState.brokenTitle}</h1>
              <p className="text-explain">{words.ErrorState.brokenText}</p>
              <p className="text-12 text-aside">
                {words.ErrorState.requestId} <code className="font-mono">{error.digest ?? '–'}</code>
              </p>
              <div className="flex flex-wrap gap-2">
                <Button tone="main" onClick={reset}>
                  {words.ErrorState.retry}
                </Button>
                <a href={`/${locale}`} className={buttonLook()}>
                  {words.Errors.home}
                </a>
              </div>
            </>
          )}
        </main>
      </body>
    </html>
  );
}

/** The language of the address; what has no texts of its own comes in English. */
function localeHere(): Locale {
  const asked = typeof location === 'undefined' ? undefined : location.pathname.split('/')[1];
  return TRANSLATED_LOCALES.find((one) => one === asked) ?? DEFAULT_LOCALE;
}
