/**
 * A typed client of Levqor's API for programs outside of the platform: GraphQL over HTTP, subscriptions by
 * graphql-transport-ws. It imports pure code only: nothing of the database, of Temporal or of the activities.
 * A document gets its types from api/schema.graphql while compiling, so that a changed field breaks the build.
 */
export { ClientError, type ClientErrorCode } from './client-error.ts';
export { graphql, type Document, type ResultOf, type VariablesOf } from './graphql.ts';
export { apiUrl, openClient, send, type Client, type ClientOptions, type HttpAnswer } from './open-client.ts';
export { readPages, type Items, type Page } from './read-pages.ts';
