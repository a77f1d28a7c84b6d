import { z } from 'zod';
import type { Finding, Place } from './finding.ts';
import { shorten, valueAt } from './finding.ts';
import { didYouMean } from './nearest-name.ts';

type ZodIssue = z.core.$ZodIssue;

/** What is wrong with the form of a value: types, missing and unknown fields, ranges. Places are inside the value. */
export function shapeFindings(schema: z.ZodType, value: unknown): Finding[] {
  const result = schema.safeParse(value);
  return result.success
    ? []
    : result.error.issues.flatMap((issue) => findingsOf(issue, { schema, value, base: [] }));
}

interface Looked {
  schema: z.ZodType;
  value: unknown;
  /** Where the issue's own path begins. */
  base: Place;
}

function findingsOf(issue: ZodIssue, looked: Looked): Finding[] {
  const at = [...looked.base, ...issue.path.map((part) => (typeof part === 'number' ? part : String(part)))];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownField(key, at, looked));
  if (valueAt(looked.value, at) === undefined && at.length > 0) return [missingField(at)];
  switch (issue.code) {
    case 'invalid_type':
      return [{ at, code: 'WRONG_TYPE', message: `${fieldName(at)} must be ${typeName(issue.expected)}.` }];
    case 'invalid_union':
      return unionFindings(issue.errors, at, looked);
    case 'invalid_value':
      return [oneOfFinding(issue.values.map(String), at, looked.value)];
    case 'too_small':
    case 'too_big':
      return [{ at, code: 'WRONG_VALUE', message: sizeMessage(issue, at) }];
    default:
      return [
        {
          at,
          code: at.at(-1) === 'id' ? 'ID_INVALID' : 'WRONG_VALUE',
          message: `${fieldName(at)}: ${issue.message}`,
        },
      ];
  }
}

/** Tells of the alternative that was meant (its faults lie deeper), else which types the field takes. */
function unionFindings(alternatives: ZodIssue[][], at: Place, looked: Looked): Finding[] {
  const meant = alternatives.find((issues) => issues.every((issue) => issue.path.length > 0));
  if (meant) return meant.flatMap((issue) => findingsOf(issue, { ...looked, base: at }));
  const types = alternatives
    .flat()
    .map((issue) => (issue.code === 'invalid_type' ? typeName(issue.expected) : null));
  const known = [...new Set(types.filter((type) => type !== null))];
  const value = valueAt(looked.value, at);
  const onlySize = alternatives
    .flat()
    .find((issue) => issue.code === 'too_small' || issue.code === 'too_big');
  if (onlySize && Array.isArray(value))
    return [{ at, code: 'WRONG_VALUE', message: sizeMessage(onlySize, at) }];
  return [{ at, code: 'WRONG_TYPE', message: `${fieldName(at)} must be ${known.join(' or ')}.` }];
}

function unknownField(key: string, at: Place, { schema, value }: Looked): Finding {
  const known = fieldNames(schemaAt(schema, at));
  const inWith = at.length === 0 && fieldNames(schemaAt(schema, ['with'])).includes(key);
  const hint = inWith
    ? ' Move it into "with".'
    : didYouMean(
        key,
        known.filter((name) => valueAt(value, [...at, name]) === undefined),
      ) || ` Known here: ${known.join(', ')}.`;
  return {
    at: [...at, key],
    code: 'UNKNOWN_FIELD',
    message: `There is no field "${shorten(key)}" here.${hint}`,
  };
}

function missingField(at: Place): Finding {
  return { at, code: 'MISSING_FIELD', message: `${fieldName(at)} is missing. Add it.` };
}

function oneOfFinding(allowed: string[], at: Place, root: unknown): Finding {
  const value = valueAt(root, at);
  const hint = typeof value === 'string' ? didYouMean(value, allowed) : '';
  const list = allowed.length === 1 ? `"${allowed[0] ?? ''}"` : `one of ${allowed.join(', ')}`;
  return { at, code: 'WRONG_VALUE', message: `${fieldName(at)} must be ${list}.${hint}` };
}

const UNITS: Record<string, string> = { string: ' characters', array: ' entries' };

function sizeMessage(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig, at: Place): string {
  const unit = UNITS[issue.origin] ?? '';
  if (issue.code === 'too_big') return `${fieldName(at)} must be at most ${String(issue.maximum)}${unit}.`;
  const least = issue.inclusive === false ? 'more than' : 'at least';
  return `${fieldName(at)} must be ${least} ${String(issue.minimum)}${unit}.`;
}

/** `"attempts"`, or for a list entry `entry 2 of "approvers"`. */
export function fieldName(at: Place): string {
  const last = at.at(-1);
  if (last === undefined) return 'The whole value';
  if (typeof last === 'string') return `"${shorten(last)}"`;
  return `Entry ${last + 1} of ${at.length > 1 ? fieldName(at.slice(0, -1)) : 'the list'}`;
}

const TYPE_NAMES: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

function typeName(expected: string): string {
  return TYPE_NAMES[expected] ?? expected;
}

function fieldNames(schema: z.core.$ZodType | null): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

/** The schema of what stands at a place, or null where it cannot be told. */
function schemaAt(schema: z.core.$ZodType, place: Place): z.core.$ZodType | null {
  let inner: z.core.$ZodType | null = bare(schema);
  for (const part of place) {
    if (inner instanceof z.ZodObject) inner = (inner.shape as Record<string, z.core.$ZodType>)[part] ?? null;
    else if (inner instanceof z.ZodArray) inner = inner.element;
    else return null;
    inner = inner && bare(inner);
  }
  return inner;
}

function bare(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional ? bare(schema.unwrap()) : schema;
}
