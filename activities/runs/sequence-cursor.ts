import type { z } from 'zod';
import { DomainError } from '../../workflows/errors.ts';

/** The cursor of a row by the values that it is sorted by. */
export function toSequenceCursor(position: (string | number)[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** The values in a cursor. Null when there is none; INVALID when it was changed or made up. */
export function readSequenceCursor<Position extends z.ZodType>(
  cursor: string | null | undefined,
  position: Position,
): z.output<Position> | null {
  if (cursor === null || cursor === undefined) return null;
  const parsed = position.safeParse(jsonIn(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (parsed.success) return parsed.data;
  throw new DomainError(
    'INVALID',
    'cursor_invalid',
    'after: this cursor is not one of ours. Use the endCursor of a page.',
    { field: 'after' },
  );
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
