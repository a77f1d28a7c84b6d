/** Headers that the HTTP client makes itself; a caller who could set them could break the message in two. */
const RESERVED = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** RFC 9110 §5.6.2, `token`. */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/;
/** RFC 9110 §5.5: visible characters, spaces and tabs; no line break, no NUL. Bytes above 7F stay Latin-1. */
const VALUE = /^[\t\x20-\x7e\xa0-\xff]{0,16384}$/;

/** What is wrong with an HTTP header, as a sentence, or null. The value itself is never part of the sentence. */
export function headerProblem(name: string, value: string): string | null {
  if (!NAME.test(name)) return 'A header name may hold letters, digits and dashes only.';
  if (RESERVED.has(name.toLowerCase())) return `The header ${name} is set by Levqor. Leave it out.`;
  if (!VALUE.test(value))
    return 'A header value must be one line of at most 16,384 characters that HTTP can carry.';
  return null;
}

const CREDENTIAL_NAME =
  /^authorization$|cookie|api-?key|access-?key|(?:^|-)(?:auth|token|secret|password|credentials?|key)(?:-|$)/i;
const CREDENTIAL_VALUE = /^(?:basic|bearer|token|apikey)\s+\S/i;

/** True for a header that looks like it carries a credential, by its name or by how its value begins. */
export function looksLikeCredential(name: string, value: string): boolean {
  return (
    (CREDENTIAL_NAME.test(name) && name.toLowerCase() !== 'idempotency-key') || CREDENTIAL_VALUE.test(value)
  );
}
