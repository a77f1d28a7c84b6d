'use client';

import { useEffect } from 'react';
import { graphql } from '../../graphql/graphql.ts';
import { useRouter } from '../../i18n/navigation.ts';
import { listen } from '../../lib/live.ts';

const NEWS = graphql(`
  subscription ApprovalNews {
    approvalEvents {
      id
      status
    }
  }
`);
/** Many requests may change at once; the page is read anew once they have. */
const SETTLE = 700;

/** Keeps the number of waiting approvals, and the lists on the page, as they are now. */
export function LiveApprovals() {
  const router = useRouter();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const readAnew = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        router.refresh();
      }, SETTLE);
    };
    // Between the page and its socket a request may have come unheard.
    const stop = listen(NEWS, {}, { hear: readAnew, connected: readAnew });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [router]);
  return null;
}
