import type { ReactNode } from 'react';

/** What is known of one thing: names and values, side by side where there is room. */
export function Facts({ facts }: { facts: [name: string, value: ReactNode][] }) {
  return (
    <dl className="grid gap-x-6 gap-y-2.5 rounded-2 border border-line-soft bg-ink-1 p-4 text-13 sm:grid-cols-[minmax(8rem,max-content)_minmax(0,1fr)]">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-aside max-sm:-mb-2">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
