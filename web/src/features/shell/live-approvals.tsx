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
    // The first words after signing in tell of what the page shows already.
    const known = new Map<string, string>();
    const openedAt = Date.now();
    const stop = listen(NEWS, {}, ({ approvalEvents: { id, status } }) => {
      const isNews = known.get(id) !== status && Date.now() - openedAt > SETTLE;
      known.set(id, status);
      if (!isNews || timer !== undefined) return;
      timer = setTimeout(() => {
        timer = undefined;
        router.refresh();
      }, SETTLE);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [router]);
  return null;
}
