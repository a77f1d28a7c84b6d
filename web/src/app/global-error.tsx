'use client';

import { useEffect, useState } from 'react';
import type english from '../../messages/en.json';
import { Button, buttonLook } from '../components/button.tsx';
import { Logo } from '../components/logo.tsx';
import './globals.css';

interface ErrorPageProps {
  error: Error & { digest?: string };
  reset: () => void;
}

type Words = Pick<typeof english, 'ErrorState' | 'Errors'>;
// Every page brings this file along, so that it holds no text itself.
const read = async (locale: string): Promise<Words> =>
  ((await import(`../../messages/${locale}.json`)) as { default: Words }).default;

/** When even the frame of all pages broke: nothing of it can be used, so the texts are fetched here. */
export default function GlobalError({ error, reset }: ErrorPageProps) {
  const [{ lang, dir }] = useState(frameBefore);
  const [words, setWords] = useState<Words | null>(null);
  useEffect(() => {
    // What has no texts of its own comes in English.
    read(lang)
      .catch(() => read('en'))
      .then(setWords, () => undefined);
  }, [lang]);
  return (
    <html lang={lang} dir={dir} data-theme="dark">
      <body>
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
                <a href={`/${lang}`} className={buttonLook()}>
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

/** The language of the page that broke. */
function frameBefore(): { lang: string; dir: string } {
  if (typeof document === 'undefined') return { lang: 'en', dir: 'ltr' };
  const { lang, dir } = document.documentElement;
  return { lang: lang || 'en', dir: dir || 'ltr' };
}
