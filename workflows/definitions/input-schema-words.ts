/** The types of JSON Schema. */
export const SCHEMA_TYPES = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'] as const;
export type SchemaType = (typeof SCHEMA_TYPES)[number];

/** What the value of a word must be. */
export type WordForm =
  | 'schema'
  | 'schemas'
  | 'namedSchemas'
  | 'count'
  | 'number'
  | 'positive'
  | 'boolean'
  | 'text'
  | 'names'
  | 'values'
  | 'pattern'
  | 'types'
  | 'any';

/** The words of JSON Schema 2020-12 that the platform checks, and the ones that only describe. */
export const SCHEMA_WORDS: Record<string, WordForm> = {
  type: 'types',
  enum: 'values',
  const: 'any',
  properties: 'namedSchemas',
  required: 'names',
  additionalProperties: 'schema',
  propertyNames: 'schema',
  minProperties: 'count',
  maxProperties: 'count',
  items: 'schema',
  prefixItems: 'schemas',
  minItems: 'count',
  maxItems: 'count',
  uniqueItems: 'boolean',
  minLength: 'count',
  maxLength: 'count',
  pattern: 'pattern',
  format: 'text',
  minimum: 'number',
  maximum: 'number',
  exclusiveMinimum: 'number',
  exclusiveMaximum: 'number',
  multipleOf: 'positive',
  anyOf: 'schemas',
  oneOf: 'schemas',
  allOf: 'schemas',
  not: 'schema',
  if: 'schema',
  then: 'schema',
  else: 'schema',
  title: 'text',
  description: 'text',
  default: 'any',
  examples: 'any',
  deprecated: 'boolean',
  readOnly: 'boolean',
  writeOnly: 'boolean',
  $schema: 'text',
  $id: 'text',
  $comment: 'text',
};

/** Bounds on what a schema may ask for, since people whom the platform does not know write them. */
export const INPUT_SCHEMA_LIMITS = {
  /** Schemas inside schemas. */
  depth: 32,
  /** Schemas in all. */
  schemas: 2_000,
  /** Characters of a pattern. */
  pattern: 200,
  /** Comparisons of a schema with a value in one check. */
  comparisons: 1_000_000,
  /** Nesting of the value that is checked. */
  valueDepth: 128,
  /** Issues that are told. */
  issues: 50,
} as const;
