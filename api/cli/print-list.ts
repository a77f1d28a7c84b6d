import { readPages, type Page } from '../client/index.ts';
import type { ListOptions } from './command.ts';
import { readNumber } from './read-argument.ts';
import type { Session } from './session.ts';
import type { Column } from './table.ts';

/** A list of the API and how it is shown. */
export interface ListView<Item> {
  read: (page: { first: number; after: string | null }) => Promise<Page<Item>>;
  columns: readonly Column<Item>[];
  /** What to say when there is nothing. */
  empty: string;
}

const DEFAULT_LIMIT = 25;

/** How many items a list shall have. Throws UsageError. */
export function limitOf({ limit, all = false }: ListOptions): number {
  if (all) return Infinity;
  return limit === undefined ? DEFAULT_LIMIT : readNumber(limit, '--limit');
}

/** Reads a list as far as it was asked for, and prints it. */
export async function printList<Item>(
  { out }: Session,
  options: ListOptions,
  { read, columns, empty }: ListView<Item>,
): Promise<void> {
  const { items, hasMore } = await readPages(read, limitOf(options));
  if (out.json) return out.value({ items, hasMore });
  if (items.length === 0) return out.line(empty);
  out.table(items, columns);
  if (hasMore) out.note(`… and more: --limit <number>, or --all.`);
}
