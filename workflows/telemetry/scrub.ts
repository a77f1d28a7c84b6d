/** What could name a person or open a door, by its look, and what stands in its place. In this order. */
const HIDDEN: readonly [RegExp, string][] = [
  // Name and password in an address; then its query and its part behind "#".
  [/:\/\/[^\s/@"'<>]+@/g, '://'],
  [/((?:https?:\/\/|\/)[^\s?#"'<>()]*)[?#][^\s"'<>()]*/g, '$1'],
  [/\b(bearer|basic)\s+[^\s"',;]{6,}/gi, '$1 [secret]'],
  [
    /\b([\w-]{0,40}(?:api[-_]?key|token|secret|passw(?:or)?d|passphrase|authorization|cookie|credential|session)[\w-]{0,40}["']?\s*[:=]\s*["']?)[^\s"',;&}]+/gi,
    '$1[secret]',
  ],
  [/\beyJ[\w-]+(?:\.[\w-]*)+/g, '[token]'],
  [/[^\s@<>"'(),;:=/]+@[^\s@<>"'(),;:=/]+\.[\p{L}\p{N}-]{2,}/gu, '[e-mail]'],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '[id]'],
  [/\b[a-z]+_[0-9a-f]{32}\b/g, '[id]'],
  [/[A-Za-z0-9+_-]{32,}={0,2}/g, '[long]'],
  [/\d[\d -]{7,}\d/g, '[number]'],
];
// Longer texts are cut before they are searched: nobody may make that slow.
const SEARCHED = 4_000;

/**
 * A text of a browser without what could name a person or open a door: addresses lose their query, and e-mail
 * addresses, tokens, secrets, ids and long numbers go. `max` is how many characters are left at most.
 */
export function scrubText(text: string, max: number): string {
  const clean = HIDDEN.reduce((now, [look, instead]) => now.replace(look, instead), text.slice(0, SEARCHED));
  return clean.length <= max ? clean : `${clean.slice(0, max - 1)}…`;
}

/** Parts of a path that are words of ours, such as `sign-in`; all else may be an id or a secret. */
const WORD = /^(?:[a-z]+(?:-[a-z]+){0,3}|[a-z]{2}-[A-Z][A-Za-z]+|_next)$/;
const LONGEST_WORD = 24;

/** The path of an address with `[id]` for all that is no word: few enough to count by. */
export function pageShape(address: string): string {
  const path = address.replace(/^[a-z]+:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  const parts = path
    .split('/')
    .slice(0, 8)
    .map((part) => (part === '' || (part.length <= LONGEST_WORD && WORD.test(part)) ? part : '[id]'));
  return parts.join('/') || '/';
}
