'use client';

import { useEffect, useState } from 'react';
import { BrokenPage } from '../../../components/broken-page.tsx';
import { frameBefore } from '../../../i18n/frame-before.ts';

/** Stands where a page broke. */
export default function ErrorPage({ error }: { error: Error & { digest?: string } }) {
  const [{ words, lang }] = useState(frameBefore);
  useEffect(() => {
    // React has caught it, so nobody else hears of it: the client log listens for what is reported.
    reportError(error);
  }, [error]);
  return <BrokenPage {...{ words, lang }} digest={error.digest} />;
}
