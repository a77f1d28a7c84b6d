import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

/** A line of a {@link StackTable}: a cell for each heading. */
export interface StackRow {
  key: string;
  cells: ReactNode[];
}

interface StackTableProps {
  label: string;
  /** The headings; an empty one for the column of buttons. */
  head: string[];
  rows: StackRow[];
}

/** A table that on narrow screens stands as a list of cards, with each heading before its value: nothing is out of sight. */
export function StackTable({ label, head, rows }: StackTableProps) {
  return (
    <div className="overflow-hidden rounded-2 border border-line-soft bg-ink-1">
      {/* The roles are written out: browsers forget them where a table is not shown as one. */}
      <table
        role="table"
        aria-label={label}
        className="w-full border-collapse text-start text-13 max-md:block"
      >
        <thead role="rowgroup" className="max-md:sr-only">
          <tr role="row" className="border-b border-line-soft text-12 text-aside">
            {head.map((title, i) => (
              <th
                key={i}
                role="columnheader"
                scope="col"
                className="whitespace-nowrap px-3 py-2 text-start font-medium"
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="max-md:block">
          {rows.map(({ key, cells }) => (
            <tr
              key={key}
              role="row"
              className="border-b border-line-soft last:border-0 hover:bg-ink-2 max-md:grid max-md:gap-1 max-md:px-3 max-md:py-2.5"
            >
              {cells.map((cell, i) => (
                <StackCell key={i} title={head[i] ?? ''} isFirst={i === 0}>
                  {cell}
                </StackCell>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function StackCell({ title, isFirst, children }: { title: string; isFirst: boolean; children: ReactNode }) {
  return (
    <td
      role="cell"
      className="h-9 px-3 py-1.5 align-middle tabular-nums max-md:flex max-md:h-auto max-md:min-w-0 max-md:flex-wrap max-md:gap-x-2 max-md:p-0"
    >
      {isFirst || title === '' ? null : (
        <span aria-hidden="true" className="w-28 shrink-0 text-aside md:hidden">
          {title}
        </span>
      )}
      <div className={classNames('min-w-0 break-words', title === '' ? 'max-md:-ms-3' : 'max-md:flex-1')}>
        {children}
      </div>
    </td>
  );
}
