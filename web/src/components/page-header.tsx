import type { ReactNode } from 'react';

/** The head of a page: where one is, what it is called, and what can be done. */
export function PageHeader({
  title,
  lead,
  above,
  beside,
  children,
}: {
  title: string;
  lead?: string | undefined;
  above?: ReactNode;
  beside?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        {above === undefined ? null : <div className="mb-1 text-13 text-aside">{above}</div>}
        <div className="flex flex-wrap items-center gap-3">
          <h1 className="text-21 font-semibold tracking-tight break-words">{title}</h1>
          {beside}
        </div>
        {lead === undefined ? null : <p className="mt-1 max-w-prose text-explain">{lead}</p>}
      </div>
      {children === undefined ? null : <div className="flex flex-wrap items-center gap-2">{children}</div>}
    </header>
  );
}
