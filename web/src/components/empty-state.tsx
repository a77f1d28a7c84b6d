import type { ReactNode } from 'react';

/** What a list shows while nothing is in it: what it will hold, and how to get there. */
export function EmptyState({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-2 rounded-2 border border-dashed border-line px-6 py-12 text-center">
      <svg width="56" height="28" viewBox="0 0 56 28" fill="none" aria-hidden="true">
        <path d="M2 14h18M36 14h18" stroke="var(--line)" strokeWidth="2" strokeLinecap="round" />
        <circle cx="28" cy="14" r="6" stroke="var(--text-3)" strokeWidth="2" />
      </svg>
      <h2 className="text-16 font-semibold">{title}</h2>
      <p className="max-w-prose text-explain">{text}</p>
      {children === undefined ? null : (
        <div className="mt-2 flex flex-wrap justify-center gap-2">{children}</div>
      )}
    </div>
  );
}
