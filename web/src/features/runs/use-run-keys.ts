import { useEffect, useEffectEvent, type RefObject } from 'react';
import { plainKey } from '../../components/plain-key.ts';

interface RunKeys {
  choose: (id: string, isRange: boolean) => void;
  clear: () => void;
}

/**
 * Moves through the runs of a list by J and K, chooses by X, a range by Shift X, and takes all back by Escape. A run is a
 * link with `data-run`.
 */
export function useRunKeys(list: RefObject<HTMLElement | null>, keys: RunKeys): void {
  const press = useEffectEvent((event: KeyboardEvent): void => {
    const key = plainKey(event);
    if (key === null || list.current === null) return;
    if (key === 'Escape') return keys.clear();
    const places = [...list.current.querySelectorAll<HTMLElement>('[data-run]')];
    const row = document.activeElement?.closest('tr');
    const at = places.findIndex((place) => row?.contains(place) === true);
    const id = places[at]?.dataset['run'];
    if (/^x$/i.test(key) && id !== undefined) {
      event.preventDefault();
      return keys.choose(id, event.shiftKey);
    }
    const by = { j: 1, k: -1 }[key];
    if (by === undefined) return;
    const next = places[at === -1 ? 0 : Math.min(Math.max(at + by, 0), places.length - 1)];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  });
  useEffect(() => {
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
