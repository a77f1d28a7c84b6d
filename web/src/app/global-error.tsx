'use client';

import { useState } from 'react';
import { BrokenPage } from '../components/broken-page.tsx';
import { ClientLog } from '../features/client-log/client-log.tsx';
import { frameBefore } from '../i18n/frame-before.ts';
import './globals.css';

/** Where a page outside the app broke, or the frame of all pages: nothing of it can be used but the words that it brought along. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  const [{ lang, dir, theme, words }] = useState(frameBefore);
  return (
    <html lang={lang} dir={dir} data-theme={theme}>
      <body>
        <ClientLog broke={error} />
        <BrokenPage {...{ words, lang }} digest={error.digest} />
      </body>
    </html>
  );
}
