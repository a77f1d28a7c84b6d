import { RE2JS } from 're2js';
import { isJsonObject, type Json } from '../json.ts';
import { INPUT_SCHEMA_LIMITS, SCHEMA_TYPES, SCHEMA_WORDS, type WordForm } from './input-schema-words.ts';
import { jsonPointer, shorten, type Place } from './validate/finding.ts';
import { didYouMean } from './validate/nearest-name.ts';

/** Something wrong with a value or a schema. `path` is a JSON Pointer into it, empty for the whole. */
export interface InputIssue {
  path: string;
  message: string;
}

/**
 * What is wrong with a JSON Schema that is to check the input of runs; empty when it can, else at most 50 issues.
 * A word that is not checked is refused rather than passed over: it would promise what nobody keeps.
 */
export function checkInputSchema(schema: unknown): InputIssue[] {
  return schemaFaults(schema).map(({ at, message }) => ({ path: jsonPointer(at), message }));
}

/** Something wrong with a schema, and where in it. */
export interface SchemaFault {
  at: Place;
  message: string;
}

/** As {@link checkInputSchema}, with places instead of pointers. */
export function schemaFaults(schema: unknown): SchemaFault[] {
  const faults: SchemaFault[] = [];
  const count = checkSchema(schema, { at: [], depth: 0, faults });
  if (count > INPUT_SCHEMA_LIMITS.schemas)
    faults.push({ at: [], message: `Use at most ${INPUT_SCHEMA_LIMITS.schemas} schemas in all.` });
  return faults.slice(0, INPUT_SCHEMA_LIMITS.issues);
}

interface Spot {
  at: Place;
  depth: number;
  faults: SchemaFault[];
}

/** Checks one schema with all inside it, and returns how many they are. */
function checkSchema(schema: unknown, spot: Spot): number {
  if (typeof schema === 'boolean') return 1;
  if (!isJsonObject(schema)) return refuse(spot, 'A schema must be an object, true or false.');
  if (spot.depth > INPUT_SCHEMA_LIMITS.depth)
    return refuse(spot, `Schemas can be nested ${INPUT_SCHEMA_LIMITS.depth} deep. Make this flatter.`);
  let count = 1;
  for (const word of Object.keys(schema)) {
    const form = Object.hasOwn(SCHEMA_WORDS, word) ? SCHEMA_WORDS[word] : undefined;
    const here = { ...spot, at: [...spot.at, word] };
    if (form === undefined) refuse(here, unknownWord(word));
    else count += checkWord(form, schema[word], here);
  }
  return count;
}

/** Checks the value of one word, and returns how many schemas are in it. */
function checkWord(form: WordForm, value: Json | undefined, spot: Spot): number {
  if (form === 'schema') return checkSchema(value, { ...spot, depth: spot.depth + 1 });
  const entries = entriesOf(form, value);
  if (entries) {
    const inner = (key: string | number) => ({ ...spot, at: [...spot.at, key], depth: spot.depth + 1 });
    return entries.reduce((count, [key, schema]) => count + checkSchema(schema, inner(key)), 0);
  }
  const problem = PROBLEMS[form]?.(value) ?? null;
  if (problem !== null) refuse(spot, problem);
  return 0;
}

/** The schemas in a list of schemas or in an object of named ones; null for any other word or value. */
function entriesOf(form: WordForm, value: Json | undefined): [string | number, Json][] | null {
  if (form === 'schemas' && Array.isArray(value) && value.length > 0) return [...value.entries()];
  if (form === 'namedSchemas' && isJsonObject(value)) return Object.entries(value);
  return null;
}

/** What is wrong with a word's value that holds no schema, or null. */
const PROBLEMS: Partial<Record<WordForm, (value: Json | undefined) => string | null>> = {
  schemas: () => 'Give a list of at least one schema.',
  namedSchemas: () => 'Give an object with a schema for each name.',
  count: (value) => (Number.isInteger(value) && Number(value) >= 0 ? null : 'Use a whole number from 0.'),
  number: (value) => (typeof value === 'number' ? null : 'Use a number.'),
  positive: (value) => (typeof value === 'number' && value > 0 ? null : 'Use a number above 0.'),
  boolean: (value) => (typeof value === 'boolean' ? null : 'Use true or false.'),
  text: (value) => (typeof value === 'string' ? null : 'Use text.'),
  names: (value) => (isTextList(value) ? null : 'Give a list of names.'),
  values: (value) => (Array.isArray(value) && value.length > 0 ? null : 'Give a list of at least one value.'),
  types: typeProblem,
  pattern: patternProblem,
};

function isTextList(value: Json | undefined): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function typeProblem(value: Json | undefined): string | null {
  const types = Array.isArray(value) ? value : [value];
  const wrong = types.find((type) => !SCHEMA_TYPES.some((known) => known === type));
  if (types.length > 0 && wrong === undefined && value !== undefined) return null;
  const hint = typeof wrong === 'string' ? didYouMean(wrong, SCHEMA_TYPES) : '';
  return `Use one of ${SCHEMA_TYPES.join(', ')}, or a list of them.${hint}`;
}

function patternProblem(value: Json | undefined): string | null {
  if (typeof value !== 'string') return 'Use text.';
  if (value.length > INPUT_SCHEMA_LIMITS.pattern)
    return `A pattern can have ${INPUT_SCHEMA_LIMITS.pattern} characters.`;
  try {
    RE2JS.compile(value);
    return null;
  } catch {
    return 'This pattern cannot be used. Look-arounds such as (?=…) and back-references such as \\1 are not possible.';
  }
}

function unknownWord(word: string): string {
  if (word === '$ref' || word === '$defs') return `"${word}" is not possible. Write the schema in its place.`;
  return `"${shorten(word)}" is not a word that is checked.${didYouMean(word, Object.keys(SCHEMA_WORDS))}`;
}

function refuse({ at, faults }: Spot, message: string): number {
  if (faults.length < INPUT_SCHEMA_LIMITS.issues) faults.push({ at, message });
  return 1;
}
