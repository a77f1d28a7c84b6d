import type { Json } from '../../workflows/json.ts';
import { mapJson } from './map-json.ts';
import { spellingsOf } from './spellings.ts';

/** Cleans what a step brings back, so that it may be stored and shown. */
export interface Scrubber {
  /**
   * The text with every secret, in all its usual spellings, replaced by `[secret]`, and with characters that
   * PostgreSQL's JSON refuses (NUL, half a surrogate pair) replaced by U+FFFD.
   */
  text(text: string): string;
  /** The same for every string, key and number in a JSON value. The value given is not changed. */
  json(value: Json): Json;
}

const MARK = '[secret]';
/** A shorter secret would be found in ordinary words; it is taken out only where it is the whole value. */
const SHORTEST = 4;

/** Makes a scrubber. Empty texts are ignored; time is linear in the text for a given list of secrets. */
export function createScrubber(secrets: string[]): Scrubber {
  const whole = new Set(secrets.filter((one) => one !== '' && one.length < SHORTEST));
  const long = secrets.filter((one) => one.length >= SHORTEST);
  const spellings = [...new Set(long.flatMap(spellingsOf))].sort((a, b) => b.length - a.length);
  const pattern = spellings.length > 0 ? new RegExp(spellings.map(escapePattern).join('|'), 'g') : null;

  const text = (given: string): string => {
    if (whole.has(given)) return MARK;
    return (pattern ? replaceAll(given, pattern) : given).replace(/[\0\p{Cs}]/gu, '\ufffd');
  };
  const number = (given: number): Json => {
    const written = String(given);
    const scrubbed = text(written);
    return scrubbed === written ? given : scrubbed;
  };
  return { text, json: (value) => mapJson(value, { text, number }) };
}

// Searching goes on one character after each find, so that of two overlapping secrets no end stays visible.
function replaceAll(given: string, pattern: RegExp): string {
  const parts: string[] = [];
  let from = 0;
  let end = -1;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(given); match; match = pattern.exec(given)) {
    if (match.index >= end) {
      parts.push(given.slice(from, match.index), MARK);
    }
    end = Math.max(end, match.index + match[0].length);
    from = end;
    pattern.lastIndex = match.index + 1;
  }
  parts.push(given.slice(from));
  return parts.join('');
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
