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

/** What a file holds, or standard input for `-`. Throws UsageError. */
export function readTextFile(file: string): string {
  if (file === '-') return readFileSync(0, 'utf8');
  if (!existsSync(file)) throw new UsageError('file_missing', `There is no file ${file}.`);
  return readFileSync(file, 'utf8');
}

/** A JSON object with secrets, in a file or on standard input. An error shows nothing of it. Throws UsageError. */
export function readSecretFile(file: string): JsonObject {
  // Somebody may have put the secrets where the name of the file belongs.
  if (file !== '-' && !existsSync(file))
    throw new UsageError(
      'file_missing',
      'There is no file with this name.',
      'Secrets come from a file, or - for standard input.',
    );
  const value = parsed(readTextFile(file));
  if (value !== undefined && isJsonObject(value)) return value;
  throw new UsageError('json_invalid', `${file === '-' ? 'Standard input' : file} holds no JSON object.`);
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Words with commas between them, such as `finance,viewer`. Throws UsageError when there is none. */
export function readWords(text: string, what: string): string[] {
  const words = text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  if (words.length > 0) return words;
  throw new UsageError('words_missing', `${what} needs at least one word.`);
}

/** Some of a few words, with commas between them, upper and lower case aside. Throws UsageError. */
export function readChoices<Word extends string>(text: string, words: readonly Word[], what: string): Word[] {
  return readWords(text, what).map((word) => readChoice(word, words, what));
}

const SECONDS_OF: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** A length of time of an option, in seconds: `90`, `90s`, `15m`, `2h`, `1d`. Throws UsageError. */
export function readDuration(text: string, what: string): number {
  const [, amount, unit = 's'] = /^(\d{1,9})([smhd])?$/.exec(text.trim()) ?? [];
  if (amount !== undefined) return Number(amount) * (SECONDS_OF[unit] ?? 1);
  throw new UsageError('duration_invalid', `${what} is a length of time like 90s, 15m, 2h or 1d.`);
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
