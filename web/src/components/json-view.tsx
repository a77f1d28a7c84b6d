import type { Json } from '../graphql/graphql.ts';

const MAX_CHARACTERS = 60_000;

/** A value as indented JSON. What is longer than anybody reads is cut, and says so. */
export function JsonView({ value, label, cut }: { value: Json; label: string; cut: string }) {
  const text = JSON.stringify(value, null, 2) ?? 'null';
  const isCut = text.length > MAX_CHARACTERS;
  return (
    <>
      <pre
        dir="ltr"
        tabIndex={0}
        role="region"
        aria-label={label}
        className="max-h-96 overflow-auto rounded-1 border border-line-soft bg-ink-0 p-3 text-start font-mono text-12 whitespace-pre-wrap wrap-anywhere"
      >
        {isCut ? text.slice(0, MAX_CHARACTERS) : text}
      </pre>
      {isCut ? <p className="mt-1 text-12 text-aside">{cut}</p> : null}
    </>
  );
}
