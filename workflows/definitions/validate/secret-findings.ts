import type { Json } from '../../json.ts';
import { eachText } from './each-text.ts';
import type { Finding, Place } from './finding.ts';

/** Forms of keys and tokens of well-known services. Repeats are bounded, so that no text makes them slow. */
const TOKEN_FORMS = [
  /\b[sr]k_(?:live|test)_[A-Za-z0-9]{10}/,
  /\bsk-[A-Za-z0-9_-]{20}/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{30}/,
  /\bgithub_pat_[A-Za-z0-9_]{30}/,
  /\bxox[abprs]-[A-Za-z0-9-]{10}/,
  /\bSG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16}/,
  /\beyJ[A-Za-z0-9_-]{10,500}\.eyJ[A-Za-z0-9_-]{10}/,
  /-----BEGIN (?:[A-Z]{1,20} ){0,3}PRIVATE KEY-----/,
  /\b[a-z]{1,20}:\/\/[^\s/:@{}]{1,256}:[^\s/@{}]{1,256}@/i,
];

/** Finds keys, tokens and passwords in any text of a value. The message never repeats them. */
export function secretFindings(value: Json | undefined, at: Place): Finding[] {
  const findings: Finding[] = [];
  for (const { text, place } of eachText(value, at))
    if (TOKEN_FORMS.some((form) => form.test(text))) findings.push(secretFinding(place));
  return findings;
}

/** The finding for a secret at a place. */
export function secretFinding(at: Place): Finding {
  return {
    at,
    code: 'SECRET_IN_DEFINITION',
    message: 'This looks like a secret. Put it into a connection and name the connection here.',
  };
}
