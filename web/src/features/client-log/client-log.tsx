'use client';

import { useEffect } from 'react';

/**
 * Tells the server what goes wrong in this browser; see `api/telemetry/client-log.ts`. No page waits for it. `broke` is
 * why the page before is gone, and its log with it.
 */
export function ClientLog({ broke }: { broke?: Error }) {
  useEffect(() => {
    const gone = new AbortController();
    import('./watch-page.ts').then(
      ({ watchPage }) => {
        if (gone.signal.aborted) return;
        gone.signal.addEventListener('abort', watchPage());
        if (broke !== undefined) reportError(broke);
      },
      () => undefined,
    );
    return () => gone.abort();
  }, [broke]);
  return null;
}
