'use client';

import { useEffect } from 'react';
import { graphql } from '../../graphql/graphql.ts';
import { useRouter } from '../../i18n/navigation.ts';
import { listen } from '../../lib/live.ts';

const NEWS = graphql(`
  subscription PicturedRunNews($runId: ID!) {
    runEvents(runId: $runId) {
      run {
        status
      }
    }
  }
`);
/** Runs may tell of hundreds of steps in a second; the page is read anew so often at most. Milliseconds. */
const EVERY = 1_500;
/** New runs tell nobody of themselves: they are looked for. */
const LOOK = 8_000;
/** So many open runs are listened to, the newest ones. */
const MOST_HEARD = 15;

/** Keeps the picture as it is now: hears what open runs do, and looks for new ones while somebody sees the page. */
export function LiveRuns({ open }: { open: string[] }) {
  const router = useRouter();
  const heard = open.slice(0, MOST_HEARD).join(' ');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const readAnew = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        router.refresh();
      }, EVERY);
    };
    const stops = heard
      .split(' ')
      .filter((runId) => runId !== '')
      .map((runId) => listen(NEWS, { runId }, { hear: readAnew }));
    const looking = setInterval(() => {
      if (!document.hidden) readAnew();
    }, LOOK);
    return () => {
      clearTimeout(timer);
      clearInterval(looking);
      for (const stop of stops) stop();
    };
  }, [router, heard]);
  return null;
}
