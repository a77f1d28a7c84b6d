import { useEffect } from 'react';
import { useRouter } from '../../i18n/navigation.ts';

/** Reads the page anew every so many milliseconds while it is looked at, and at once when somebody comes back to it. */
export function useReadAnew(every: number, isWanted: boolean): void {
  const router = useRouter();
  useEffect(() => {
    if (!isWanted) return undefined;
    const read = (): void => {
      if (document.visibilityState === 'visible') router.refresh();
    };
    const timer = setInterval(read, every);
    document.addEventListener('visibilitychange', read);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', read);
    };
  }, [router, every, isWanted]);
}
