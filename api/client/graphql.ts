import type { DocumentDecoration, initGraphQLTada, ResultOf, VariablesOf } from 'gql.tada';
import type { Json } from '../../workflows/json.ts';
import type { introspection } from './generated/introspection.ts';

/** The types of the API's schema; DateTime is a text in ISO 8601, JSON any value. */
interface Setup {
  introspection: introspection;
  disableMasking: true;
  scalars: { ID: string; DateTime: string; JSON: Json };
}

/** A document whose result and variables the compiler knows from api/schema.graphql. It is plain text when it runs. */
export type Document<Result, Variables> = DocumentDecoration<Result, Variables>;
export type { ResultOf, VariablesOf };

/** Fragments that were put together come apart again, so that each is sent once. */
const BEFORE_FRAGMENT = /\n(?=fragment )/;

/**
 * Makes a typed document of GraphQL text; the fragments that it spreads come as a list behind it. While compiling,
 * gql.tada reads the types out of the text; when it runs, nothing is parsed.
 */
export const graphql = ((source: string, fragments: readonly string[] = []) =>
  [...new Set([source, ...fragments].flatMap((text) => text.trim().split(BEFORE_FRAGMENT)))].join(
    '\n',
  )) as unknown as ReturnType<typeof initGraphQLTada<Setup>>;

/** The text of a document, as it is sent. */
export function documentText(document: Document<unknown, never>): string {
  return document as unknown as string;
}
