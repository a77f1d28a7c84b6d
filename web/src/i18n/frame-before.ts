import type { BrokenWords } from './broken-words.ts';

/** For when not even the frame came, which has the words of its language with it. */
const IN_ENGLISH: BrokenWords = {
  title: 'Something broke on our side',
  text: 'Nothing that you saved is lost. Try again; if it stays, tell an admin the number below.',
  number: 'Number for support:',
  retry: 'Try again',
  home: 'Go to the start page',
};

/** Language, direction, look and words of the page that broke, as its frame has them. */
export function frameBefore() {
  if (typeof document === 'undefined') return { lang: 'en', dir: 'ltr', theme: 'dark', words: IN_ENGLISH };
  const { lang, dir, dataset } = document.documentElement;
  const words = document.body.dataset['brokenWords'];
  return {
    lang: lang || 'en',
    dir: dir || 'ltr',
    theme: dataset['theme'] ?? 'dark',
    words: words === undefined ? IN_ENGLISH : (JSON.parse(words) as BrokenWords),
  };
}
