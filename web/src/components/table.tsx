import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';

/** A table with a name for screen readers; on narrow screens it can be moved sideways. */
export function Table({ label, head, children }: { label: string; head: ReactNode[]; children: ReactNode }) {
  return (
    <div
      className="overflow-x-auto rounded-2 border border-line-soft bg-ink-1"
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      <table className="w-full border-collapse text-start text-13">
        <thead>
          <tr className="border-b border-line-soft text-12 text-aside">
            {head.map((cell, i) => (
              <th key={i} scope="col" className="whitespace-nowrap px-3 py-2 text-start font-medium">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** A row; rows are quiet until pointed at. */
export function Row({ className, ...rest }: ComponentProps<'tr'>) {
  return (
    <tr
      className={classNames('border-b border-line-soft last:border-0 hover:bg-ink-2', className)}
      {...rest}
    />
  );
}

/** A cell. Numbers and times stand in columns, so their digits are equally wide. */
export function Cell({ className, ...rest }: ComponentProps<'td'>) {
  return <td className={classNames('h-9 px-3 py-1.5 align-middle tabular-nums', className)} {...rest} />;
}
