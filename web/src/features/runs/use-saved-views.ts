import { useMemo, useSyncExternalStore } from 'react';
import { readViews, type SavedView } from './saved-views.ts';

/** Told to this page itself; the browser tells its other pages only. */
const CHANGED = 'levqor-saved-views';

/** The views that a person kept in this browser. `keep` gives false where the browser keeps nothing. */
export function useSavedViews(owner: string): { views: SavedView[]; keep: (views: SavedView[]) => boolean } {
  const name = `levqor.run-views ${owner}`;
  const text = useSyncExternalStore(
    subscribe,
    () => read(name),
    () => null,
  );
  const views = useMemo(() => readViews(text), [text]);
  const keep = (next: SavedView[]): boolean => {
    try {
      localStorage.setItem(name, JSON.stringify(next));
    } catch {
      return false;
    }
    window.dispatchEvent(new Event(CHANGED));
    return true;
  };
  return { views, keep };
}

function read(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    // The browser forbids it: as if nothing were kept.
    return null;
  }
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('storage', changed);
  window.addEventListener(CHANGED, changed);
  return () => {
    window.removeEventListener('storage', changed);
    window.removeEventListener(CHANGED, changed);
  };
}
