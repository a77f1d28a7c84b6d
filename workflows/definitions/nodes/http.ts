import { z } from 'zod';
import {
  connectionNameSchema,
  headersSchema,
  jsonSchema,
  stepFields,
  templateSchema,
} from '../step-fields.ts';
import type { Json } from '../../json.ts';
import type { Finding, Place } from '../validate/finding.ts';
import { credentialHeaderFindings, headerFindings } from '../validate/header-findings.ts';
import { hasTemplate } from '../validate/literal-findings.ts';
import { secretFinding } from '../validate/secret-findings.ts';
import type { NodeRules } from '../validate/node-rules.ts';

export const HTTP_METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

export const httpSchema = z
  .strictObject({
    ...stepFields,
    kind: z.literal('http'),
    with: z.strictObject({
      method: z.enum(HTTP_METHODS).describe('GET when left out.').optional(),
      url: templateSchema.describe('Full address; instead of "connection" and "path".').optional(),
      connection: connectionNameSchema
        .describe('Name of an HTTP connection, which holds the secrets.')
        .optional(),
      path: templateSchema.describe('Path below the address of the connection.').optional(),
      query: z.record(z.string(), jsonSchema).optional(),
      headers: headersSchema.describe('Headers without secrets; those belong in the connection.').optional(),
      body: jsonSchema.optional(),
      acceptStatus: z
        .array(z.int().min(100).max(599))
        .min(1)
        .describe('Status codes that count as success; 200 to 299 when left out.')
        .optional(),
    }),
  })
  .meta({ title: 'http', description: 'Calls an HTTP service. Output: { status, headers, body }.' });
export type HttpStep = z.output<typeof httpSchema>;

export const httpRules: NodeRules<HttpStep> = {
  templates: ({ with: fields }) =>
    (['url', 'path', 'query', 'headers', 'body'] as const).map((field) => ({
      at: ['with', field],
      value: fields[field],
      form: 'value',
    })),
  findings: ({ with: fields }) => [
    ...addressFindings(fields),
    ...bodyFindings(fields),
    ...urlFindings(fields.url, ['with', 'url']),
    ...pathFindings(fields.path, ['with', 'path']),
    ...queryFindings(fields.query, ['with', 'query']),
    ...headerFindings(fields.headers, ['with', 'headers']),
    ...credentialHeaderFindings(fields.headers, ['with', 'headers']),
  ],
  connection: ({ with: fields }) =>
    fields.connection === undefined
      ? null
      : { at: ['with', 'connection'], name: fields.connection, kind: 'HTTP' },
};

/** Exactly one of `url`, or `connection` with `path`. */
function addressFindings({ url, connection, path }: HttpStep['with']): Finding[] {
  if (url !== undefined && (connection !== undefined || path !== undefined))
    return [
      {
        at: ['with', 'url'],
        code: 'FIELD_CONFLICT',
        message: 'Keep either "url", or "connection" with "path".',
      },
    ];
  if (url !== undefined) return [];
  if (connection === undefined && path === undefined)
    return [
      {
        at: ['with', 'url'],
        code: 'MISSING_FIELD',
        message: 'Say where to call: add "url", or "connection" with "path".',
      },
    ];
  if (connection === undefined)
    return [
      {
        at: ['with', 'connection'],
        code: 'MISSING_FIELD',
        message: 'A "path" needs the "connection" that it belongs to.',
      },
    ];
  if (path === undefined)
    return [
      {
        at: ['with', 'path'],
        code: 'MISSING_FIELD',
        message: 'Add "path", the address below that of the connection, as in "/orders".',
      },
    ];
  return [];
}

function bodyFindings({ method = 'GET', body }: HttpStep['with']): Finding[] {
  if (body === undefined || (method !== 'GET' && method !== 'HEAD')) return [];
  const message = `A ${method} request carries no body. Remove "body", or use another method.`;
  return [{ at: ['with', 'body'], code: 'FIELD_CONFLICT', message }];
}

function urlFindings(url: string | undefined, at: Place): Finding[] {
  if (url === undefined) return [];
  // What a template gives is known in the run only; what stands before it must already begin an http address.
  const [literal = ''] = url.split('{{');
  const whole = !hasTemplate(url);
  if (whole ? !WHOLE_URL.test(literal) : literal !== '' && !URL_START.test(literal))
    return [
      { at, code: 'URL_INVALID', message: 'Write a full address that begins with https:// or http://.' },
    ];
  if (USER_IN_URL.test(url) || SECRET_IN_URL.test(literal)) return [secretFinding(at)];
  return [];
}

function pathFindings(path: string | undefined, at: Place): Finding[] {
  if (path === undefined || !OTHER_HOST.test(path)) return [];
  return [
    {
      at,
      code: 'URL_INVALID',
      message: 'Write only the part below the address of the connection, as in "/orders".',
    },
  ];
}

function queryFindings(query: Record<string, Json> | undefined, at: Place): Finding[] {
  return Object.entries(query ?? {})
    .filter(([name, value]) => SECRET_NAME.test(name) && isLiteral(value))
    .map(([name]) => secretFinding([...at, name]));
}

function isLiteral(value: Json): boolean {
  return typeof value === 'string' ? value !== '' && !hasTemplate(value) : typeof value === 'number';
}

const WHOLE_URL = /^https?:\/\/[^\s/?#]+(?:[/?#]\S*)?$/i;
const URL_START = /^https?:\/\/\S*$/i;
const USER_IN_URL = /^https?:\/\/[^/?#]*@/i;
const OTHER_HOST = /^(?:[a-z][a-z0-9+.-]*:)?\/\//i;
const SECRET_NAME =
  /^(?:(?:api|access|auth)[-_]?(?:key|token)|client[-_]?secret|token|secret|passw(?:or)?d)$/i;
const SECRET_IN_URL =
  /[?&](?:(?:api|access|auth)[-_]?(?:key|token)|client[-_]?secret|token|secret|passw(?:or)?d)=[^&#]+/i;
