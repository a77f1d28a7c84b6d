import { z } from 'zod';
import { DomainError } from '../workflows/errors.ts';
import { isUuid } from '../workflows/ids.ts';

/** The most items of one page. */
export const MAX_PAGE = 100;

/** The arguments of every list: how many, and after which cursor. */
export const pageFields = {
  first: z.int().min(1).max(MAX_PAGE).default(25),
  after: z.string().max(200).nullish(),
};

/** One page of a list, newest first. `endCursor` leads to the next one. */
export interface Page<Item> {
  items: { cursor: string; node: Item }[];
  endCursor: string | null;
  hasNextPage: boolean;
}

/** Where a page begins: after this row. Rows are ordered by time, then id, both falling. */
export interface PageStart {
  at: Date;
  id: string;
}

/** Reads a cursor. Null when there is none; INVALID when it was changed or made up. */
export function readCursor(cursor: string | null | undefined): PageStart | null {
  if (cursor === null || cursor === undefined) return null;
  const [time, id] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  const at = new Date(time ?? '');
  if (id === undefined || !isUuid(id) || Number.isNaN(at.getTime()))
    throw new DomainError(
      'INVALID',
      'cursor_invalid',
      'after: this cursor is not one of ours. Use the endCursor of a page.',
      { field: 'after' },
    );
  return { at, id };
}

/** The condition "comes after the cursor" for a list by a time column, ready for a Prisma `where`. */
export function afterCursor<Column extends string>(column: Column, start: PageStart | null) {
  if (start === null) return {};
  return { OR: [{ [column]: { lt: start.at } }, { [column]: start.at, id: { lt: start.id } }] };
}

/** Makes a page of up to `first` items from `first + 1` rows read in order. */
export function toPage<Row extends { id: string }, Item>(
  rows: Row[],
  first: number,
  read: { at: (row: Row) => Date; node: (row: Row) => Item },
): Page<Item> {
  const items = rows.slice(0, first).map((row) => ({
    cursor: Buffer.from(`${read.at(row).toISOString()} ${row.id}`).toString('base64url'),
    node: read.node(row),
  }));
  return { items, endCursor: items.at(-1)?.cursor ?? null, hasNextPage: rows.length > first };
}
