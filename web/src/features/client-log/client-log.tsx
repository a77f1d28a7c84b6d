'use client';

import { useEffect } from 'react';

/** Tells the server what goes wrong in this browser; see `api/telemetry/client-log.ts`. No page waits for it. */
export function ClientLog() {
  useEffect(() => {
    const gone = new AbortController();
    import('./watch-page.ts').then(
      ({ watchPage }) => {
        if (!gone.signal.aborted) gone.signal.addEventListener('abort', watchPage());
      },
      () => undefined,
    );
    return () => gone.abort();
  }, []);
  return null;
}
