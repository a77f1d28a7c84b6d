import { existsSync, readFileSync } from 'node:fs';
import { isJsonObject, type Json, type JsonObject } from '../../workflows/json.ts';
import { UsageError } from './cli-error.ts';

/** JSON of an argument: JSON text, the name of a file, or `-` for standard input. Throws UsageError. */
export function readJsonArgument(text: string, what: string): Json {
  const isFile = text === '-' || existsSync(text);
  const source = text === '-' ? readFileSync(0, 'utf8') : isFile ? readFileSync(text, 'utf8') : text;
  try {
    return JSON.parse(source) as Json;
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw isFile
      ? new UsageError('json_invalid', `${what}: ${text} holds no valid JSON (${problem}).`)
      : new UsageError(
          'json_invalid',
          `${what}: "${text}" is neither a file nor valid JSON.`,
          'Give the path of a file, JSON text in quotes, or - for standard input.',
        );
  }
}

/** A JSON object in a file, or on standard input for `-`. Throws UsageError. */
export function readJsonFile(file: string): JsonObject {
  if (file !== '-' && !existsSync(file)) throw new UsageError('file_missing', `There is no file ${file}.`);
  const value = readJsonArgument(file, 'File');
  if (!isJsonObject(value)) throw new UsageError('json_invalid', `${file} holds no JSON object.`);
  return value;
}

/** A whole number of an option. Throws UsageError. */
export function readNumber(text: string, what: string, least = 1): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new UsageError('number_invalid', `${what} must be a whole number of at least ${least}.`);
}

/** A point in time of an option, as ISO 8601: `2026-11-23`, `2026-11-23T09:30` (local) or with a zone. Throws UsageError. */
export function readTime(text: string, what: string): string {
  // A bare day means its beginning here, not in Greenwich.
  const at = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00` : text);
  if (!Number.isNaN(at.getTime())) return at.toISOString();
  throw new UsageError(
    'time_invalid',
    `${what}: "${text}" is not a time.`,
    'Write it like 2026-11-23T09:30.',
  );
}

/** One of a few words, upper and lower case aside. Throws UsageError. */
export function readChoice<Word extends string>(text: string, words: readonly Word[], what: string): Word {
  const found = words.find((word) => word.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return found;
  throw new UsageError('choice_invalid', `${what} is one of: ${words.join(', ')}.`);
}
