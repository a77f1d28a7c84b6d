import { MAX_SECONDS } from '../step-fields.ts';
import type { Finding, Place } from './finding.ts';

/** True for text that holds a template, sound or not. What it gives is known in the run only. */
export function hasTemplate(text: string): boolean {
  return text.includes('{{');
}

/** Refuses a template in a field of plain text. */
export function plainTextFindings(text: string, at: Place): Finding[] {
  if (!hasTemplate(text)) return [];
  return [
    { at, code: 'EXPRESSION_NOT_ALLOWED', message: 'Write plain text here; an expression is not possible.' },
  ];
}

/** Refuses a number, when one is written, outside `least` to `most`. Text is an expression and is checked as such. */
export function numberFindings(
  value: number | string | undefined,
  at: Place,
  range: [number, number],
): Finding[] {
  const [least, most] = range;
  if (typeof value !== 'number' || (value >= least && value <= most)) return [];
  return [{ at, code: 'WRONG_VALUE', message: `Use a number from ${least} to ${most}.` }];
}

/** Refuses a number of seconds below `least` or above 366 days. */
export function secondsFindings(value: number | string | undefined, at: Place, least: number): Finding[] {
  return numberFindings(value, at, [least, MAX_SECONDS]);
}

const ISO_TIME = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;

/** Refuses a literal point in time that is not ISO 8601 with its zone. */
export function timeFindings(text: string, at: Place): Finding[] {
  if (hasTemplate(text) || isIsoTime(text)) return [];
  return [{ at, code: 'TIME_INVALID', message: 'Write the time with its zone, as in 2027-01-31T09:00:00Z.' }];
}

function isIsoTime(text: string): boolean {
  const [, year, month, day] = ISO_TIME.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  // Date.parse takes the 31st of a shorter month; day 0 of the next month is the true last one.
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return day <= lastDay && !Number.isNaN(Date.parse(text));
}

const ADDRESS = /^[^\s@<>,;"]{1,64}@[^\s@<>,;"]{1,255}$/;
const NAMED_ADDRESS = /^[^<>\r\n]{0,200}<([^<>]+)>$/;

/** Refuses a literal that cannot be an e-mail address, alone or as `Name <address>`. */
export function addressFindings(text: string, at: Place): Finding[] {
  if (hasTemplate(text) || isAddress(NAMED_ADDRESS.exec(text)?.[1] ?? text)) return [];
  const message =
    text.includes(',') || text.includes(';')
      ? 'Write several addresses as a list: ["a@example.com", "b@example.com"].'
      : 'Write an e-mail address, as in ada@example.com.';
  return [{ at, code: 'ADDRESS_INVALID', message }];
}

/** True for text that can be a bare e-mail address. */
export function isAddress(text: string): boolean {
  return ADDRESS.test(text);
}
