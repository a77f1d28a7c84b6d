/** A row of a list that is read anew again and again, the newest first. */
export interface HeldRow {
  id: string;
  /** When it came, as text whose order is that of the times. */
  at: string;
}

/**
 * The rows to go on showing after the list was read anew: each where it stood, with what is now known of it. Rows that
 * are new wait until they are asked for, so that nothing moves under the pointer. A row that is gone from where it would
 * stand left the list; one that was only pushed behind the end of the page (`hasMore`) stays as it was.
 */
export function heldRows<Row extends HeldRow>(
  shown: readonly Row[],
  read: readonly Row[],
  hasMore: boolean,
): readonly Row[] {
  // Nothing stands there that could move.
  if (shown.length === 0) return read;
  const now = new Map(read.map((row) => [row.id, row]));
  const end = hasMore ? read.at(-1)?.at : undefined;
  return shown.flatMap((row) => now.get(row.id) ?? (end !== undefined && row.at <= end ? row : []));
}

/** Rows that were read but are not shown yet. */
export function newRows<Row extends HeldRow>(shown: readonly Row[], read: readonly Row[]): Row[] {
  const ids = new Set(shown.map(({ id }) => id));
  return read.filter(({ id }) => !ids.has(id));
}
