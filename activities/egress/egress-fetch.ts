import { Agent, request as send, type Dispatcher } from 'undici';
import type { Egress, Target } from './create-egress.ts';
import { EgressRefused } from './egress-refused.ts';
import { egressUrl, portOf } from './egress-url.ts';
import { readBody } from './read-body.ts';

export interface EgressRequest {
  method: Dispatcher.HttpMethod;
  url: string;
  /** By lower-case name. */
  headers: Record<string, string>;
  /** Headers for the first origin only, stronger than `headers`: a redirect elsewhere does not carry them. */
  privateHeaders?: Record<string, string>;
  body?: string;
  /** False: a redirect is an answer like any other. */
  followRedirects: boolean;
  /** Most bytes of the body, after decompression. */
  maxBytes: number;
  signal: AbortSignal;
}

export interface EgressResponse {
  status: number;
  /** By lower-case name; an array when the server sent the name more than once. */
  headers: Record<string, string | string[]>;
  body: Buffer;
}

/** The server sent us on more than {@link MAX_REDIRECTS} times. */
export class RedirectError extends Error {
  override readonly name = 'RedirectError';
}

export const MAX_REDIRECTS = 3;
const MAX_HEADER_BYTES = 64 * 1024;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const EMPTY = new Set([204, 304]);
/** Never carried to another origin, whoever set them. */
const CREDENTIALS = ['authorization', 'cookie', 'proxy-authorization'];

/**
 * One HTTP exchange through the guard: each address is checked and pinned, redirects included; proxies from the
 * environment are not used. Throws EgressRefused, RedirectError, BodyTooLarge, the network's error, or the signal's
 * reason when it was aborted.
 */
export async function egressFetch(egress: Egress, request: EgressRequest): Promise<EgressResponse> {
  let hop: Hop = {
    url: egressUrl(request.url),
    method: request.method,
    headers: { ...request.headers, ...request.privateHeaders },
    body: request.body,
  };
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const { response, next } = await exchange(egress, hop, request);
    if (next === null) return response;
    hop = next;
  }
  throw new RedirectError(`The server redirected more than ${MAX_REDIRECTS} times.`);
}

interface Hop {
  url: URL;
  method: Dispatcher.HttpMethod;
  headers: Record<string, string>;
  body: string | undefined;
}

async function exchange(egress: Egress, hop: Hop, request: EgressRequest) {
  const { signal } = request;
  const target = await egress.resolveTarget(hop.url.hostname, portOf(hop.url), { protocol: 'http', signal });
  const dispatcher = pinnedAgent(egress, target);
  try {
    const answer = await send(hop.url, {
      dispatcher,
      signal,
      method: hop.method,
      headers: hop.headers,
      body: hop.body ?? null,
    });
    const head = { status: answer.statusCode, headers: definedHeaders(answer.headers) };
    const location = head.headers['location'];
    if (request.followRedirects && REDIRECTS.has(head.status) && typeof location === 'string') {
      answer.body.on('error', () => undefined).destroy();
      return {
        response: { ...head, body: Buffer.alloc(0) },
        next: redirected(hop, { status: head.status, location }, request),
      };
    }
    // An answer without a body may still name the coding that the body would have.
    const isEmpty = hop.method === 'HEAD' || EMPTY.has(head.status) || head.headers['content-length'] === '0';
    const encoding = isEmpty ? undefined : head.headers['content-encoding'];
    const body = await readBody(answer.body, encoding, request.maxBytes);
    return { response: { ...head, body }, next: null };
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    await dispatcher.destroy();
  }
}

function pinnedAgent(egress: Egress, { address, family }: Target): Agent {
  return new Agent({
    // One request and nothing kept: no connection is ever shared between tenants.
    pipelining: 0,
    allowH2: false,
    maxHeaderSize: MAX_HEADER_BYTES,
    // The caller's signal is the only clock.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: {
      ...egress.trust,
      timeout: 0,
      lookup: (_host, options, found) =>
        options.all ? found(null, [{ address, family }]) : found(null, address, family),
    },
  });
}

// Fetch standard, HTTP-redirect fetch: 303 becomes GET, and so does a POST at 301 and 302.
function redirected(
  hop: Hop,
  { status, location }: { status: number; location: string },
  request: EgressRequest,
): Hop {
  const url = egressUrl(location, hop.url);
  if (hop.url.protocol === 'https:' && url.protocol === 'http:')
    throw new EgressRefused('redirect_downgrade', url.hostname, portOf(url));
  const becomesGet = (status === 303 && hop.method !== 'HEAD') || (status < 303 && hop.method === 'POST');
  let headers = hop.headers;
  if (url.origin !== hop.url.origin)
    headers = without(headers, [...CREDENTIALS, ...Object.keys(request.privateHeaders ?? {})]);
  if (!becomesGet) return { ...hop, url, headers };
  headers = without(
    headers,
    Object.keys(headers).filter((name) => name.startsWith('content-')),
  );
  return { url, method: 'GET', headers, body: undefined };
}

function without(headers: Record<string, string>, names: string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

function definedHeaders(headers: Record<string, string | string[] | undefined>) {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string | string[]] => entry[1] !== undefined),
  );
}
