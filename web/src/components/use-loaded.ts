'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useState } from 'react';
import { toast } from 'sonner';

/**
 * Code of the page that is fetched when it is first wanted; null until it is there. What cannot be fetched, as without
 * a connection, is said and given up: the page stays as it is, and wanting it again tries again.
 */
export function useLoaded<Part>(
  load: () => Promise<Part>,
  { isWanted, giveUp }: { isWanted: boolean; giveUp: () => void },
): Part | null {
  const t = useTranslations('Errors');
  const [loaded, setLoaded] = useState<{ part: Part } | null>(null);
  const isMissing = isWanted && loaded === null;
  const fetchPart = useEffectEvent(load);
  const fail = useEffectEvent(() => {
    toast.error(t('notLoaded'));
    giveUp();
  });
  useEffect(() => {
    if (!isMissing) return undefined;
    let isOver = false;
    fetchPart().then(
      (part) => (isOver ? undefined : setLoaded({ part })),
      () => (isOver ? undefined : fail()),
    );
    return () => {
      isOver = true;
    };
  }, [isMissing]);
  return loaded?.part ?? null;
}
