const MAX_LENGTH = 254;
/** One plain local part and one plain domain: no quotes, lists, comments, spaces or control characters. */
const PLAIN =
  /^[a-z0-9.!#$%&'*+/=?^_{|}~\p{L}\p{N}\p{M}-]+@[a-z0-9\p{L}\p{N}\p{M}](?:[a-z0-9.\p{L}\p{N}\p{M}-]*[a-z0-9\p{L}\p{N}\p{M}])?$/u;

/**
 * An e-mail address in its one spelling, or null for a text that is none. NFKC comes first, so that a look-alike such as
 * the full-width `＠` is judged as what it becomes.
 */
export function normalizeAddress(text: string): string | null {
  const address = text.normalize('NFKC').trim().toLowerCase();
  if (address.length > MAX_LENGTH || !PLAIN.test(address)) return null;
  const domain = address.slice(address.indexOf('@') + 1);
  return domain.includes('.') && !domain.includes('..') ? address : null;
}
