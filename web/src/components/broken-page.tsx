import { Button, buttonLook } from './button.tsx';
import type { BrokenWords } from '../i18n/broken-words.ts';

interface BrokenPageProps {
  words: BrokenWords;
  lang: string;
  /** The mark by which the log knows what happened. */
  digest: string | undefined;
}

/** What nobody expected: says so, with the number for support, and two ways on. */
export function BrokenPage({ words, lang, digest }: BrokenPageProps) {
  return (
    <main
      role="alert"
      className="mx-auto flex min-h-[70dvh] max-w-sm flex-col items-start justify-center gap-3 px-5"
    >
      <h1 className="text-21 font-semibold">{words.title}</h1>
      <p className="text-explain">{words.text}</p>
      {digest === undefined ? null : (
        <p className="text-12 text-aside">
          {words.number} <code className="font-mono">{digest}</code>
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button tone="main" onClick={() => location.reload()}>
          {words.retry}
        </Button>
        <a href={`/${lang}`} className={buttonLook()}>
          {words.home}
        </a>
      </div>
    </main>
  );
}
