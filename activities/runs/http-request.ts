import { z } from 'zod';
import { headerProblem } from '../../workflows/connections/http-headers.ts';
import type { ResolvedConnection } from '../../workflows/connections/model.ts';
import { HTTP_METHODS } from '../../workflows/definitions/nodes/http.ts';
import { isJsonObject, type Json, type JsonObject } from '../../workflows/json.ts';
import { OUTPUT_BYTES } from '../../workflows/runs/model.ts';
import { ACCEPTED_ENCODINGS, type EgressRequest } from '../egress/index.ts';
import { requireConnection, wrongField } from './effect-failed.ts';
import type { EffectCall } from './effect-executor.ts';
import { readFields } from './read-fields.ts';

const callSchema = z.strictObject({
  method: z.enum(HTTP_METHODS).default('GET'),
  url: z.string().nullish(),
  connection: z.string().nullish(),
  path: z.string().nullish(),
  query: z.record(z.string(), z.json()).nullish(),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).nullable()).nullish(),
  body: z.json().nullish(),
  acceptStatus: z.array(z.int()).nullish(),
});
type HttpCall = z.output<typeof callSchema>;
type HttpConnection = Extract<ResolvedConnection, { kind: 'HTTP' }>;

/** The request that an http step asks for, and which answers it accepts. Throws EffectFailed naming a wrong field. */
export function httpRequest(call: EffectCall) {
  const fields = readFields(callSchema, call.with);
  const connection = fields.connection ? requireConnection(call, 'HTTP') : null;
  const privateHeaders = connection ? secretHeaders(connection) : {};
  const given = {
    ...lowerCaseNames(connection?.settings.headers ?? {}),
    ...stepHeaders(fields, privateHeaders),
  };
  const body = encodedBody(fields.body, given['content-type']);
  const headers: Record<string, string> = {
    'user-agent': 'Levqor',
    accept: '*/*',
    'accept-encoding': ACCEPTED_ENCODINGS,
    ...(isSafe(fields.method) ? {} : { 'idempotency-key': call.idempotencyKey }),
    ...(body.type === undefined ? {} : { 'content-type': body.type }),
    ...given,
  };
  const accepts = acceptedStatus(fields.acceptStatus);
  const request: Omit<EgressRequest, 'signal'> = {
    method: fields.method,
    url: withQuery(addressOf(fields, connection), fields.query ?? {}),
    headers,
    privateHeaders,
    ...(body.text === undefined ? {} : { body: body.text }),
    followRedirects: !fields.acceptStatus?.some((status) => status >= 300 && status < 400),
    maxBytes: OUTPUT_BYTES,
  };
  return { request, accepts };
}

function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}

function acceptedStatus(list: number[] | null | undefined): (status: number) => boolean {
  if (list) return (status) => list.includes(status);
  return (status) => status >= 200 && status <= 299;
}

function addressOf(fields: HttpCall, connection: HttpConnection | null): string {
  if (connection) {
    if (fields.url != null) throw wrongField('with.url', 'Give either url, or connection and path.');
    return joinPath(connection.settings.baseUrl, fields.path ?? '');
  }
  if (fields.url == null) throw wrongField('with.url', 'Give a url, or a connection and a path.');
  if (fields.path != null) throw wrongField('with.path', 'A path needs a connection.');
  return fields.url;
}

// The path is data from outside, often. It may go down from baseUrl, never up, nor to another host.
function joinPath(baseUrl: string, path: string): string {
  const pathname = path.split(/[?#]/, 1)[0] ?? '';
  const climbs = pathname.split(/\/|%2f|%5c/i).some((part) => /^(?:\.|%2e){1,2}$/i.test(part));
  if (/[\p{Cc}\\]/u.test(path) || /^(?:\/\/|[a-z][a-z0-9+.-]*:|@)/i.test(path) || climbs)
    throw wrongField('with.path', 'Give a path below the address of the connection, such as /orders/17.');
  if (path === '') return baseUrl;
  const joined = /^[?#]/.test(path)
    ? baseUrl + path
    : `${baseUrl.replace(/\/$/, '')}/${path.replace(/^\//, '')}`;
  if (URL.parse(joined)?.origin !== URL.parse(baseUrl)?.origin)
    throw wrongField('with.path', 'The path leads to another host.');
  return joined;
}

// Left alone without a query, so that the guard sees the address as it was written.
function withQuery(address: string, query: Record<string, Json>): string {
  const pairs = formPairs(query);
  if (pairs.length === 0) return address;
  const [front = '', ...fragment] = address.split('#');
  const sign = front.includes('?') ? '&' : '?';
  return [`${front}${sign}${new URLSearchParams(pairs).toString()}`, ...fragment].join('#');
}

/** Null is left out, a list repeats the name, an object goes as JSON. */
function formPairs(values: JsonObject): [string, string][] {
  return Object.entries(values).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((one) => one !== null)
      .map((one): [string, string] => [name, typeof one === 'object' ? JSON.stringify(one) : String(one)]),
  );
}

function stepHeaders(fields: HttpCall, secret: Record<string, string>): Record<string, string> {
  const given = Object.entries(fields.headers ?? {}).flatMap(([name, value]): [string, string][] =>
    value === null ? [] : [[name, String(value)]],
  );
  for (const [name, value] of given) {
    const problem = Object.hasOwn(secret, name.toLowerCase())
      ? 'The connection sets this header. Leave it out.'
      : headerProblem(name, value);
    if (problem) throw wrongField(`with.headers.${name.slice(0, 100)}`, problem);
  }
  return lowerCaseNames(Object.fromEntries(given));
}

function secretHeaders({ secrets }: HttpConnection): Record<string, string> {
  const headers = lowerCaseNames(secrets?.headers ?? {});
  if (secrets?.bearer !== undefined) headers['authorization'] = `Bearer ${secrets.bearer}`;
  if (secrets?.username !== undefined) {
    const pair = Buffer.from(`${secrets.username}:${secrets.password ?? ''}`).toString('base64');
    headers['authorization'] = `Basic ${pair}`;
  }
  return headers;
}

function encodedBody(body: Json | undefined, given = ''): { text?: string; type?: string } {
  if (body == null) return {};
  if (typeof body === 'string') return { text: body, type: 'text/plain; charset=utf-8' };
  if (given.startsWith('application/x-www-form-urlencoded') && isJsonObject(body))
    return { text: new URLSearchParams(formPairs(body)).toString() };
  return { text: JSON.stringify(body), type: 'application/json' };
}

function lowerCaseNames(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
