import { RE2JS } from 're2js';
import { canonicalJson, isJsonObject, type Json, type JsonObject } from '../json.ts';
import { checkInputSchema, type InputIssue } from './check-input-schema.ts';
import { INPUT_SCHEMA_LIMITS, type SchemaType } from './input-schema-words.ts';
import { fitsFormat, FORMAT_NAMES } from './input-formats.ts';
import { jsonPointer, shorten, type Place } from './validate/finding.ts';
import { measureJson } from './validate/measure-json.ts';

export type { InputIssue } from './check-input-schema.ts';

/**
 * Checks a run's input against the input schema of its definition, as JSON Schema 2020-12 says.
 * Returns what is wrong, at most 50 issues; a schema that cannot be checked is an issue too. Never throws.
 */
export function checkInput(schema: Json, value: Json): InputIssue[] {
  const measured = measureJson(value, INPUT_SCHEMA_LIMITS.valueDepth, Infinity);
  if (measured.tooDeep) return [{ path: jsonPointer(measured.tooDeep), message: 'This is nested too deep.' }];
  if (
    measureJson(schema, INPUT_SCHEMA_LIMITS.valueDepth, Infinity).tooDeep ||
    checkInputSchema(schema).length > 0
  )
    return [
      { path: '', message: 'The input cannot be checked, since the input schema has faults. Mend it first.' },
    ];
  const budget = { left: INPUT_SCHEMA_LIMITS.comparisons };
  const issues = compare(schema, value, { at: [], budget });
  if (budget.left <= 0)
    return [{ path: '', message: 'The input is too large to be checked. Send less at a time.' }];
  return issues
    .slice(0, INPUT_SCHEMA_LIMITS.issues)
    .map(({ at, message }) => ({ path: jsonPointer(at), message }));
}

interface Issue {
  at: Place;
  message: string;
}
interface Spot {
  at: Place;
  /** Shared by the whole check: no schema may make it endless. */
  budget: { left: number };
}

/** Reading this much text costs about as much as comparing one schema with one value. */
const CHARACTERS_A_COMPARISON = 50;

function compare(schema: Json | undefined, value: Json, spot: Spot): Issue[] {
  if (schema === undefined || schema === true || --spot.budget.left <= 0) return [];
  if (!isJsonObject(schema)) return [{ at: spot.at, message: `${nameOf(spot.at)} is not allowed here.` }];
  const wrongType = typeIssues(schema, value, spot);
  if (wrongType.length > 0) return wrongType;
  return [
    ...valueIssues(schema, value, spot),
    ...(typeof value === 'string' ? textIssues(schema, value, spot) : []),
    ...(typeof value === 'number' ? numberIssues(schema, value, spot) : []),
    ...(Array.isArray(value) ? listIssues(schema, value, spot) : []),
    ...(isJsonObject(value) ? objectIssues(schema, value, spot) : []),
    ...combinedIssues(schema, value, spot),
  ];
}

function typeIssues({ type }: JsonObject, value: Json, { at }: Spot): Issue[] {
  if (type === undefined) return [];
  const types = (Array.isArray(type) ? type : [type]) as SchemaType[];
  if (types.some((one) => isOfType(value, one))) return [];
  return [{ at, message: `${nameOf(at)} must be ${types.map((one) => TYPE_NAMES[one]).join(' or ')}.` }];
}

function isOfType(value: Json, type: SchemaType): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isJsonObject(value);
  return type === 'null' ? value === null : typeof value === type;
}

const TYPE_NAMES: Record<SchemaType, string> = {
  object: 'an object',
  array: 'a list',
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'null',
};

function valueIssues(schema: JsonObject, value: Json, { at, budget }: Spot): Issue[] {
  const { const: only, enum: some } = schema;
  const lists = [...(only === undefined ? [] : [[only]]), ...(Array.isArray(some) ? [some] : [])];
  if (lists.length === 0) return [];
  const text = canonicalJson(value);
  budget.left -= text.length / CHARACTERS_A_COMPARISON;
  return lists
    .filter((allowed) => !allowed.some((one) => canonicalJson(one) === text))
    .map((allowed) => {
      const list = shorten(allowed.map((one) => JSON.stringify(one)).join(', '), 200);
      return { at, message: `${nameOf(at)} must be ${allowed.length > 1 ? 'one of ' : ''}${list}.` };
    });
}

function textIssues(schema: JsonObject, value: string, { at, budget }: Spot): Issue[] {
  budget.left -= value.length / CHARACTERS_A_COMPARISON;
  const { pattern, format } = schema;
  // JSON Schema counts characters, not the halves that JavaScript keeps some of them in.
  const issues = rangeIssues(
    { at, size: Array.from(value).length, unit: ' characters' },
    schema['minLength'],
    schema['maxLength'],
  );
  if (typeof pattern === 'string' && !RE2JS.compile(pattern).matcher(value).find())
    issues.push({ at, message: `${nameOf(at)} does not have the form ${pattern}.` });
  if (typeof format === 'string' && !fitsFormat(format, value))
    issues.push({ at, message: `${nameOf(at)} must be ${FORMAT_NAMES[format] ?? format}.` });
  return issues;
}

function numberIssues(schema: JsonObject, value: number, { at }: Spot): Issue[] {
  const { exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const issues = rangeIssues({ at, size: value, unit: '' }, schema['minimum'], schema['maximum']);
  if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum)
    issues.push({ at, message: `${nameOf(at)} must be above ${exclusiveMinimum}.` });
  if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum)
    issues.push({ at, message: `${nameOf(at)} must be below ${exclusiveMaximum}.` });
  if (typeof multipleOf === 'number' && !isMultiple(value, multipleOf))
    issues.push({ at, message: `${nameOf(at)} must be a multiple of ${multipleOf}.` });
  return issues;
}

/** 0.3 is a multiple of 0.1, although the quotient of the two stored numbers is not whole. */
function isMultiple(value: number, step: number): boolean {
  const quotient = value / step;
  return Math.abs(quotient - Math.round(quotient)) <= Number.EPSILON * Math.max(1, Math.abs(quotient));
}

interface Size {
  at: Place;
  size: number;
  unit: string;
}

function rangeIssues({ at, size, unit }: Size, least: Json | undefined, most: Json | undefined): Issue[] {
  if (typeof least === 'number' && size < least)
    return [{ at, message: `${nameOf(at)} must be at least ${least}${unit}.` }];
  if (typeof most === 'number' && size > most)
    return [{ at, message: `${nameOf(at)} must be at most ${most}${unit}.` }];
  return [];
}

function listIssues(schema: JsonObject, value: Json[], spot: Spot): Issue[] {
  const { at } = spot;
  const first = Array.isArray(schema['prefixItems']) ? schema['prefixItems'] : [];
  const issues = rangeIssues(
    { at, size: value.length, unit: ' entries' },
    schema['minItems'],
    schema['maxItems'],
  );
  value.forEach((item, i) => {
    issues.push(...compare(i < first.length ? first[i] : schema['items'], item, { ...spot, at: [...at, i] }));
  });
  if (schema['uniqueItems'] === true && new Set(value.map(canonicalJson)).size < value.length)
    issues.push({ at, message: `${nameOf(at)} must not hold the same entry twice.` });
  return issues;
}

function objectIssues(schema: JsonObject, value: JsonObject, spot: Spot): Issue[] {
  const { at } = spot;
  const names = Object.keys(value);
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const issues = rangeIssues(
    { at, size: names.length, unit: ' fields' },
    schema['minProperties'],
    schema['maxProperties'],
  );
  for (const name of (schema['required'] as string[] | undefined) ?? [])
    if (!Object.hasOwn(value, name))
      issues.push({ at: [...at, name], message: `${nameOf([name])} is missing. Add it.` });
  for (const name of names) {
    const inner = { ...spot, at: [...at, name] };
    const known = Object.hasOwn(properties, name);
    issues.push(
      ...compare(known ? properties[name] : schema['additionalProperties'], value[name] ?? null, inner),
    );
    issues.push(...compare(schema['propertyNames'], name, inner));
  }
  return issues;
}

function combinedIssues(schema: JsonObject, value: Json, spot: Spot): Issue[] {
  const { at } = spot;
  const fits = (one: Json | undefined) => compare(one, value, spot).length === 0;
  const issues = schemasOf(schema['allOf']).flatMap((one) => compare(one, value, spot));
  const any = schemasOf(schema['anyOf']);
  if (any.length > 0 && !any.some(fits))
    issues.push({ at, message: `${nameOf(at)} fits none of the forms that are possible.` });
  const one = schemasOf(schema['oneOf']);
  if (one.length > 0 && one.filter(fits).length !== 1)
    issues.push({ at, message: `${nameOf(at)} must fit exactly one of ${one.length} forms.` });
  if (schema['not'] !== undefined && fits(schema['not']))
    issues.push({ at, message: `${nameOf(at)} has a form that is excluded.` });
  if (schema['if'] !== undefined)
    issues.push(...compare(fits(schema['if']) ? schema['then'] : schema['else'], value, spot));
  return issues;
}

function schemasOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function nameOf(at: Place): string {
  const last = at.at(-1);
  if (last === undefined) return 'The input';
  return typeof last === 'number' ? `Entry ${last + 1}` : `"${shorten(last)}"`;
}
