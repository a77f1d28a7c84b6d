import type { FastifyRequest } from 'fastify';
import {
  getOperationAST,
  GraphQLError,
  Kind,
  parse,
  type DocumentNode,
  type OperationDefinitionNode,
} from 'graphql';
import { DomainError } from '../workflows/errors.ts';
import { isJsonObject } from '../workflows/json.ts';
import { DOCUMENT_LIMITS } from './limits.ts';
import { fieldName } from './request-error.ts';
import { findJsonProblem, MAX_VARIABLES_DEPTH } from './storable-json.ts';

/** The parameters of a GraphQL request, checked for their types. */
export interface GraphqlRequest {
  query: string;
  operationName: string | undefined;
  variables: Record<string, unknown>;
}

/** Reads the parameters from a POST body or a GET query string. Throws INVALID or LIMIT_EXCEEDED. */
export function readGraphqlRequest(request: FastifyRequest): GraphqlRequest {
  const given = request.method === 'GET' ? fromQueryString(request.query) : request.body;
  if (Array.isArray(given)) throw malformed('query', 'Send one operation in each request.');
  if (!isJsonObject(given)) throw malformed('query', 'Send a JSON object with the field "query".');
  return checkParameters(given);
}

/** The same for parameters that came another way, such as over a WebSocket. */
export function checkParameters(given: object): GraphqlRequest {
  const { query, operationName, variables, extensions } = given as Record<string, unknown>;
  if (typeof query !== 'string' || query === '')
    throw malformed('query', 'query: send the GraphQL document as text.');
  if (query.length > DOCUMENT_LIMITS.characters)
    throw new DomainError(
      'LIMIT_EXCEEDED',
      'query_too_large',
      `query: a document may have ${DOCUMENT_LIMITS.characters} characters. Put data into variables.`,
      { field: 'query', limit: 'characters', max: DOCUMENT_LIMITS.characters },
    );
  if (!isMissing(operationName) && typeof operationName !== 'string')
    throw malformed('operationName', 'operationName: send text.');
  if (!isMissing(variables) && !isJsonObject(variables))
    throw malformed('variables', 'variables: send a JSON object.');
  if (!isMissing(extensions) && !isJsonObject(extensions))
    throw malformed('extensions', 'extensions: send a JSON object.');
  return { query, operationName: operationName ?? undefined, variables: storable(variables ?? {}) };
}

function isMissing(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function storable(variables: Record<string, unknown>): Record<string, unknown> {
  const found = findJsonProblem(variables, MAX_VARIABLES_DEPTH);
  if (!found) return variables;
  const field = fieldName(found.path.split('.'));
  throw new GraphQLError(`${field}: ${found.problem}.`, {
    extensions: { code: 'INVALID', reason: 'value_not_storable', details: { field } },
  });
}

function fromQueryString(given: unknown): Record<string, unknown> {
  const { query, operationName, variables, extensions } = given as Record<string, unknown>;
  return {
    query,
    operationName: operationName === '' ? null : operationName,
    variables: fromJsonText('variables', variables),
    extensions: fromJsonText('extensions', extensions),
  };
}

function fromJsonText(field: string, text: unknown): unknown {
  if (text === undefined || text === '') return null;
  try {
    // A parameter that is there twice is a list, which no JSON text is.
    return JSON.parse(typeof text === 'string' ? text : '');
  } catch {
    throw malformed(field, `${field}: send a JSON object as text.`);
  }
}

function malformed(field: string, message: string): DomainError {
  return new DomainError('INVALID', 'request_malformed', message, { field });
}

/** A parsed document with the one operation of it that is asked for. */
export interface Operation {
  document: DocumentNode;
  node: OperationDefinitionNode;
  /** `mutation.startRun`: from the document; `query.many` when it has several. */
  label: string;
}

/** Reads a document. Throws GraphQLError for a syntax error, INVALID when the operation cannot be told. */
export function readOperation({ query, operationName }: GraphqlRequest): Operation {
  const document = parse(query, { maxTokens: DOCUMENT_LIMITS.tokens });
  const node = getOperationAST(document, operationName);
  if (!node)
    throw new GraphQLError(
      operationName === undefined
        ? 'The document must hold one operation, or operationName must say which.'
        : 'operationName: the document holds no operation of this name.',
      {
        extensions: { code: 'INVALID', reason: 'operation_unknown', details: { field: 'operationName' } },
      },
    );
  return { document, node, label: `${node.operation}.${fieldLabel(node)}` };
}

function fieldLabel(node: OperationDefinitionNode): string {
  const [first, second] = node.selectionSet.selections;
  return first?.kind === Kind.FIELD && second === undefined ? first.name.value : 'many';
}
