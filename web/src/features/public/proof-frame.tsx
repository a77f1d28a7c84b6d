import type { ReactNode } from 'react';

/** A proof: what is claimed, and a working miniature of it. */
export function ProofFrame({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <article className="flex flex-col bg-ink-0 py-8 lg:px-8 lg:first:ps-0 lg:last:pe-0">
      <h3 className="text-21 font-semibold tracking-tight">{title}</h3>
      <p className="mt-1.5 mb-5 max-w-prose text-explain">{text}</p>
      <div className="flex-1 rounded-2 border border-line bg-ink-1 p-4 text-14">{children}</div>
    </article>
  );
}

/** Names and values of a miniature. */
export function ProofFacts({ facts }: { facts: [name: ReactNode, value: ReactNode][] }) {
  return (
    <dl className="flex flex-col gap-2.5">
      {facts.map(([name, value], i) => (
        <div key={i} className="flex items-baseline justify-between gap-4">
          <dt className="text-explain">{name}</dt>
          <dd className="text-end font-medium tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
