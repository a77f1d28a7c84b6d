/** What of a list is chosen, and where a range would begin. */
export interface Selection {
  chosen: ReadonlySet<string>;
  anchor: string | null;
}

export const NOTHING_CHOSEN: Selection = { chosen: new Set(), anchor: null };

/**
 * Chooses an item, or takes it back. With `isRange` the same is done with all from the one that was chosen last; `order`
 * is the list as it is shown.
 */
export function chosenWith(
  { chosen, anchor }: Selection,
  { id, isRange }: { id: string; isRange: boolean },
  order: readonly string[],
): Selection {
  const [from, to] = [order.indexOf(anchor ?? ''), order.indexOf(id)];
  const range =
    isRange && from !== -1 && to !== -1 ? order.slice(Math.min(from, to), Math.max(from, to) + 1) : [id];
  const next = new Set(chosen);
  const isTaken = !chosen.has(id);
  for (const one of range) {
    if (isTaken) next.add(one);
    else next.delete(one);
  }
  return { chosen: next, anchor: id };
}
