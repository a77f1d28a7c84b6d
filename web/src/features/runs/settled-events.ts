/**
 * The events of a page that are surely whole, and after which number to go on; null at the end. Several events may have
 * one number, and the end of a full page may stand between them: the last number of it is read again.
 */
export function settledEvents<Event extends { sequence: number }>(
  page: readonly Event[],
  full: number,
): { events: Event[]; next: number | null } {
  const last = page.at(-1)?.sequence;
  if (last === undefined || page.length < full) return { events: [...page], next: null };
  const events = page.filter(({ sequence }) => sequence < last);
  // A page of one number alone cannot be parted.
  return events.length === 0 ? { events: [...page], next: last } : { events, next: last - 1 };
}
