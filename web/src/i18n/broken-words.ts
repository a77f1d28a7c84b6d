import { getTranslations } from 'next-intl/server';

/** What the page says when even its frame broke, as JSON: nothing can be fetched then, so each page brings it along. */
export async function brokenWords(): Promise<string> {
  const state = await getTranslations('ErrorState');
  const more = await getTranslations('Errors');
  const words: BrokenWords = {
    title: state('brokenTitle'),
    text: state('brokenText'),
    number: state('requestId'),
    retry: state('retry'),
    home: more('home'),
  };
  return JSON.stringify(words);
}

/** The words of a broken page: what happened, the number for support, and two ways on. */
export type BrokenWords = Record<'title' | 'text' | 'number' | 'retry' | 'home', string>;
