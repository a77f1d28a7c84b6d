'use client';

import { useEffect } from 'react';
import { graphql } from '../../graphql/graphql.ts';
import { useRouter } from '../../i18n/navigation.ts';
import { listen } from '../../lib/live.ts';

const NEWS = graphql(`
  subscription RunNews($runId: ID!) {
    runEvents(runId: $runId) {
      run {
        status
      }
      event {
        sequence
      }
    }
  }
`);
/** A run may tell of hundreds of steps in a second; the page is read anew so often at most. */
const EVERY = 900;

/** Keeps the page of a run as it is now, until the run is over. */
export function LiveRun({ runId }: { runId: string }) {
  const router = useRouter();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const readAnew = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        router.refresh();
      }, EVERY);
    };
    const stop = listen(NEWS, { runId }, { hear: readAnew });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [router, runId]);
  return null;
}
