import type { DefinitionChange } from '../../workflows/definitions/diff-definitions.ts';
import type { Output } from './output.ts';
import { plainText } from './table.ts';

/** A change as the API or the rule gives it. */
export type Change = Pick<DefinitionChange, 'message'> & {
  kind: string;
  before?: string | null;
  after?: string | null;
};

const SIGNS: Record<string, string> = { added: '+', removed: '-', moved: '>', changed: '~' };

/** Prints what is different between two definitions, one change a line with its values below. */
export function printChanges(out: Output, changes: readonly Change[], indent = ''): void {
  for (const { kind, message, before, after } of changes) {
    out.line(`${indent}${SIGNS[kind] ?? '~'} ${plainText(message)}`);
    if (before) out.line(`${indent}    before: ${plainText(before)}`);
    if (after) out.line(`${indent}    after:  ${plainText(after)}`);
  }
}

/** An issue of a definition. */
interface Issue {
  path: string;
  code: string;
  message: string;
}

/** Prints what is wrong with a definition. */
export function printIssues(out: Output, issues: readonly Issue[]): void {
  out.table(issues, [
    { title: 'WHERE', value: ({ path }) => path || '/' },
    { title: 'CODE', value: ({ code }) => code },
    { title: 'WHAT TO DO', value: ({ message }) => message },
  ]);
}
