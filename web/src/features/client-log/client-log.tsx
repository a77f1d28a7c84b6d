'use client';

import { useEffect } from 'react';
import { watchPage } from './watch-page.ts';

/** Tells the server what goes wrong in this browser; see `api/telemetry/client-log.ts`. */
export function ClientLog() {
  useEffect(() => watchPage(), []);
  return null;
}
