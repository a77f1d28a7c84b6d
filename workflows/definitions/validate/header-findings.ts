import type { Finding, Place } from './finding.ts';
import { hasTemplate } from './literal-findings.ts';
import { secretFinding } from './secret-findings.ts';

/** A header name as RFC 9110 has it. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/;
const LINE_BREAK = /[\r\n\0]/;
const SET_BY_PLATFORM = ['host', 'content-length', 'transfer-encoding', 'connection'];
const CREDENTIALS = [
  'authorization',
  'proxy-authorization',
  'cookie',
  'x-api-key',
  'api-key',
  'apikey',
  'x-auth-token',
  'x-auth-key',
  'x-access-token',
  'private-token',
  'x-vault-token',
];

/** What is wrong with literal header names and values. */
export function headerFindings(headers: Record<string, string> | undefined, at: Place): Finding[] {
  return Object.entries(headers ?? {}).flatMap(([name, value]) => headerFinding(name, value, [...at, name]));
}

function headerFinding(name: string, value: string, at: Place): Finding[] {
  if (!HEADER_NAME.test(name))
    return [{ at, code: 'HEADER_INVALID', message: 'A header name has letters, digits and dashes only.' }];
  if (SET_BY_PLATFORM.includes(name.toLowerCase()))
    return [{ at, code: 'HEADER_INVALID', message: 'The platform sets this header itself. Remove it.' }];
  return textFindings(value, at);
}

/** Credentials written into a step's headers; one made by an expression is not a secret of the definition. */
export function credentialHeaderFindings(headers: Record<string, string> | undefined, at: Place): Finding[] {
  return Object.entries(headers ?? {})
    .filter(
      ([name, value]) =>
        CREDENTIALS.includes(name.toLowerCase()) && value.trim() !== '' && !hasTemplate(value),
    )
    .map(([name]) => secretFinding([...at, name]));
}

/** Refuses line breaks in text that is sent as one header line. */
export function textFindings(text: string, at: Place): Finding[] {
  if (!LINE_BREAK.test(text)) return [];
  return [{ at, code: 'HEADER_INVALID', message: 'Write this on one line, without line breaks.' }];
}
