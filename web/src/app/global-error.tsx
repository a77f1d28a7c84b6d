'use client';

import { useState } from 'react';
import { Button, buttonLook } from '../components/button.tsx';
import { Logo } from '../components/logo.tsx';
import { ClientLog } from '../features/client-log/client-log.tsx';
import type { BrokenWords } from '../i18n/broken-words.ts';
import './globals.css';

interface ErrorPageProps {
  error: Error & { digest?: string };
}

/** For when not even the frame came, which has the words of its language with it. */
const IN_ENGLISH: BrokenWords = {
  title: 'Something broke on our side',
  text: 'Nothing that you saved is lost. Try again; if it stays, tell an admin the number below.',
  number: 'Number for support:',
  retry: 'Try again',
  home: 'Go to the start page',
};

/** When even the frame of all pages broke: nothing of it can be used but the words that it brought along. */
export default function GlobalError({ error }: ErrorPageProps) {
  const [{ lang, dir, theme, words }] = useState(frameBefore);
  return (
    <html lang={lang} dir={dir} data-theme={theme}>
      <body>
        <ClientLog broke={error} />
        <main
          role="alert"
          className="mx-auto flex min-h-dvh max-w-sm flex-col items-start justify-center gap-3 px-5"
        >
          <Logo size={30} />
          <h1 className="text-21 font-semibold">{words.title}</h1>
          <p className="text-explain">{words.text}</p>
          {error.digest === undefined ? null : (
            <p className="text-12 text-aside">
              {words.number} <code className="font-mono">{error.digest}</code>
            </p>
          )}
          <div className="flex flex-wrap gap-2">
            <Button tone="main" onClick={() => location.reload()}>
              {words.retry}
            </Button>
            <a href={`/${lang}`} className={buttonLook()}>
              {words.home}
            </a>
          </div>
        </main>
      </body>
    </html>
  );
}

/** Language, look and words of the page that broke. */
function frameBefore() {
  if (typeof document === 'undefined') return { lang: 'en', dir: 'ltr', theme: 'dark', words: IN_ENGLISH };
  const { lang, dir, dataset } = document.documentElement;
  const words = document.body.dataset['brokenWords'];
  return {
    lang: lang || 'en',
    dir: dir || 'ltr',
    theme: dataset['theme'] ?? 'dark',
    words: words === undefined ? IN_ENGLISH : (JSON.parse(words) as BrokenWords),
  };
}
