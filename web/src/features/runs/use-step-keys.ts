import { useEffect, type RefObject } from 'react';
import { useRouter } from '../../i18n/navigation.ts';
import { plainKey } from '../../components/plain-key.ts';

/** By how many steps a key moves; the arrows only within the list, for they move the page elsewhere. */
const ANYWHERE: Record<string, number> = { j: 1, k: -1 };
const WITHIN: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

interface StepKeys {
  /** Opens or closes what a step holds. */
  toggle?: (path: string, isOpen: boolean) => void;
  /** Where the page is without a step open; null while none is. */
  closed?: string | null;
}

/**
 * Moves through the steps of a list by keyboard: J and K (within the list also the arrows) go from step to step, the
 * arrows to the sides open, close and go to what holds a step, Escape closes the inspector. Enter is the link's own.
 * A step is an element with `data-step`; `data-open` says whether what it holds is shown, `data-depth` how deep it is.
 */
export function useStepKeys(
  list: RefObject<HTMLElement | null>,
  { toggle, closed = null }: StepKeys = {},
): void {
  const router = useRouter();
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const key = plainKey(event);
      if (key === null || list.current === null) return;
      if (key === 'Escape' && closed !== null) return router.push(closed, { scroll: false });
      const places = [...list.current.querySelectorAll<HTMLElement>('[data-step]')];
      const focused = places.find((place) => place === document.activeElement);
      const isWithin = list.current.contains(document.activeElement);
      const by = ANYWHERE[key] ?? (isWithin ? WITHIN[key] : undefined);
      const next = by === undefined ? turned(key, { places, focused, toggle }) : moved(places, focused, by);
      if (next === undefined) return;
      event.preventDefault();
      next?.focus();
      next?.scrollIntoView({ block: 'nearest' });
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [list, toggle, closed, router]);
}

function moved(places: HTMLElement[], focused: HTMLElement | undefined, by: number): HTMLElement | undefined {
  const from = focused ?? places.find((place) => place.getAttribute('aria-current') === 'true');
  if (from === undefined) return places[by < 0 ? places.length - 1 : 0];
  // The first press goes to the step that is open, the next ones on from there.
  if (focused === undefined) return from;
  return places[Math.min(Math.max(places.indexOf(from) + by, 0), places.length - 1)];
}

/** Opens or closes the step with the focus; undefined when the key is for something else, null when nothing moves. */
function turned(
  key: string,
  {
    places,
    focused,
    toggle,
  }: { places: HTMLElement[]; focused: HTMLElement | undefined; toggle: StepKeys['toggle'] },
): HTMLElement | null | undefined {
  if (focused === undefined || toggle === undefined || !/^Arrow(Left|Right)$/.test(key)) return undefined;
  const isForward = (key === 'ArrowRight') === (getComputedStyle(focused).direction === 'ltr');
  const { open, step = '', depth = '0' } = focused.dataset;
  if (isForward) {
    if (open === 'false') toggle(step, true);
    return open === 'true' ? places[places.indexOf(focused) + 1] : null;
  }
  if (open === 'true') {
    toggle(step, false);
    return null;
  }
  const before = places.slice(0, places.indexOf(focused)).reverse();
  return before.find((place) => Number(place.dataset['depth']) < Number(depth)) ?? null;
}
