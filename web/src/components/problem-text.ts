import { useTranslations } from 'next-intl';
import type { Problem } from '../lib/problem.ts';

/** Turns a refusal of the API into words of the reader's language: by its reason, else by its code. */
export function useProblemText(): (problem: Problem) => string {
  const t = useTranslations('Problems');
  return ({ code, reason, message }) => {
    const byReason = `reasons.${reason}`;
    if (t.has(byReason as never)) return t(byReason as never);
    // The API's own words are exact; those for a code alone are for what it cannot explain.
    if (message !== '' && code !== 'INTERNAL') return message;
    return t(`codes.${code}`);
  };
}
