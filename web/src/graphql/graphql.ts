import type { DocumentDecoration, initGraphQLTada, ResultOf, VariablesOf } from 'gql.tada';
import type { introspection } from './generated/introspection.ts';

/** Any JSON value of the API. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** The types of the API's schema; DateTime is a text in ISO 8601. */
interface Setup {
  introspection: introspection;
  disableMasking: true;
  scalars: { ID: string; DateTime: string; JSON: Json };
}

/** A document whose result and variables the compiler knows from api/schema.graphql. It is plain text when it runs. */
export type Document<Result, Variables> = DocumentDecoration<Result, Variables>;
export type { ResultOf, VariablesOf };

/** Makes a typed document of GraphQL text and the fragments that it spreads. Nothing is parsed when it runs. */
export const graphql = ((source: string, fragments: readonly string[] = []) =>
  [...new Set([source, ...fragments])].join('\n')) as unknown as ReturnType<typeof initGraphQLTada<Setup>>;

/** The text of a document, as it is sent. */
export function documentText<Data, Variables>(document: Document<Data, Variables>): string {
  return document as unknown as string;
}
