import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { findJsonProblem, MAX_JSON_DEPTH } from './storable-json.ts';

/** Any JSON value. */
export const JsonScalar = new GraphQLScalarType({
  name: 'JSON',
  description: `Any JSON value: object, list, text, number, true, false or null. At most ${MAX_JSON_DEPTH} levels deep.`,
  serialize: (value) => value,
  parseValue: (value) => checked(value),
  parseLiteral: (node, variables) => checked(fromLiteral(node, variables ?? {}, 0)),
});

/** A point in time. */
export const DateTimeScalar = new GraphQLScalarType({
  name: 'DateTime',
  description: 'A point in time in ISO 8601 with a time zone, such as 2026-11-23T09:30:00.000Z.',
  serialize: (value) => toIso(value),
  parseValue: (value) => parseDateTime(value),
  parseLiteral: (node) => parseDateTime(node.kind === Kind.STRING ? node.value : undefined, node),
});

function checked(value: unknown): unknown {
  const found = findJsonProblem(value);
  if (!found) return value;
  throw new GraphQLError(found.path === '' ? `${found.problem}.` : `${found.path}: ${found.problem}.`);
}

function fromLiteral(node: ValueNode, variables: Record<string, unknown>, depth: number): unknown {
  if (depth > MAX_JSON_DEPTH) throw new GraphQLError(`JSON may be nested ${MAX_JSON_DEPTH} levels deep.`);
  switch (node.kind) {
    case Kind.VARIABLE:
      return variables[node.name.value];
    case Kind.NULL:
      return null;
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.LIST:
      return node.values.map((item) => fromLiteral(item, variables, depth + 1));
    case Kind.OBJECT:
      // fromEntries defines properties, so that a field named __proto__ is seen and refused, not obeyed.
      return Object.fromEntries(
        node.fields.map((field) => [field.name.value, fromLiteral(field.value, variables, depth + 1)]),
      );
    default:
      return node.value;
  }
}

function toIso(value: unknown): string {
  const date = value instanceof Date ? value : new Date(value as string | number);
  return date.toISOString();
}

const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** What the database takes, in milliseconds since 1970: it knows no year 0, and we write years by four digits. */
const FIRST_TIME = Date.parse('0001-01-01T00:00:00Z');
const LAST_TIME = Date.parse('9999-12-31T23:59:59.999Z');

function parseDateTime(value: unknown, node?: ValueNode): Date {
  const date = typeof value === 'string' && ISO_TIME.test(value) ? new Date(value) : null;
  if (date && date.getTime() >= FIRST_TIME && date.getTime() <= LAST_TIME) return date;
  throw new GraphQLError(
    'This is not a point in time with a time zone. Write it like 2026-11-23T09:30:00Z.',
    node ? { nodes: node } : {},
  );
}
