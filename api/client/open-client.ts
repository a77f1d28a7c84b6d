import { ClientError, errorOfAnswer, type GraphqlErrorBody } from './client-error.ts';
import { documentText, type Document } from './graphql.ts';
import type { Socket } from './socket.ts';

/** Where the API is, and the key to sign in with. */
export interface ClientOptions {
  /** The address of the API, such as `https://levqor.example`; `/graphql` behind it is fine. */
  url: string;
  /** An API key; without one only what needs no key can be asked. */
  key?: string | undefined;
  /** Milliseconds until a request that gets no answer is given up; 60,000 when left out. */
  timeoutMs?: number;
}

/** A typed client of Levqor's GraphQL API. It is for programs outside of the platform and needs nothing of it. */
export interface Client {
  /** The address of the API, without a slash at its end. */
  url: string;
  /** Sends a query or a mutation. Throws ClientError. */
  request<Result, Variables extends object>(
    document: Document<Result, Variables>,
    variables: Variables,
  ): Promise<Result>;
  /**
   * The news of a subscription, by graphql-transport-ws, until it ends. After a break it begins again by itself, so
   * that news may come twice. Throws ClientError.
   */
  subscribe<Result, Variables extends object>(
    document: Document<Result, Variables>,
    variables: Variables,
  ): AsyncIterable<Result>;
  /** Ends the socket, if one was opened. */
  close(): Promise<void>;
}

const TIMEOUT_MS = 60_000;

/** Opens a client. Nothing is sent before the first request. Throws ClientError `url_invalid`. */
export function openClient(options: ClientOptions): Client {
  const url = graphqlUrl(options.url);
  let socket: Promise<Socket> | null = null;
  return {
    url: apiUrl(options.url),
    request: (document, variables) => post({ ...options, url }, { query: documentText(document), variables }),
    async *subscribe<Result>(document: Document<Result, never>, variables: object) {
      // Loaded when needed: most programs never open a socket.
      socket ??= import('./socket.ts').then(({ openSocket }) => openSocket(url, options.key));
      yield* (await socket).iterate<Result>({ query: documentText(document), variables });
    },
    close: async () => (await socket)?.close(),
  };
}

/** The address of the API without a slash at its end. Throws ClientError `url_invalid`. */
export function apiUrl(text: string): string {
  const bare = text
    .trim()
    .replace(/\/+$/, '')
    .replace(/\/graphql$/, '');
  if (URL.canParse(bare) && /^https?:$/.test(new URL(bare).protocol)) return bare;
  throw new ClientError({
    code: 'INVALID',
    reason: 'url_invalid',
    message: `"${text}" is not the address of an API. It looks like https://levqor.example.`,
  });
}

function graphqlUrl(text: string): string {
  return `${apiUrl(text)}/graphql`;
}

interface GraphqlAnswer {
  data?: unknown;
  errors?: GraphqlErrorBody[];
}

async function post<Result>(
  { url, key, timeoutMs = TIMEOUT_MS }: ClientOptions,
  body: { query: string; variables: object },
): Promise<Result> {
  const response = await send(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify(body),
    // A key goes nowhere but to the address that was given.
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  const answer = readAnswer(response.text);
  if (answer === null) throw notTheApi(url, response.status);
  if (answer.errors && answer.errors.length > 0) throw errorOfAnswer(answer.errors);
  return answer.data as Result;
}

/** What an address answered. */
export interface HttpAnswer {
  status: number;
  headers: Headers;
  text: string;
}

/** Sends an HTTP request as the outside world does. Throws ClientError UNREACHABLE. */
export async function send(url: string, request: RequestInit): Promise<HttpAnswer> {
  try {
    // The client runs at its user's, outside of the platform, and the address is the user's own choice.
    // eslint-disable-next-line no-restricted-globals
    const response = await fetch(url, request);
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    throw new ClientError(
      {
        code: 'UNREACHABLE',
        reason: 'no_answer',
        message: `${new URL(url).origin} does not answer (${reasonOf(error)}).`,
      },
      error,
    );
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'it took too long';
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code !== '') return code;
  return cause instanceof Error ? cause.message : String(error);
}

function readAnswer(text: string): GraphqlAnswer | null {
  try {
    const answer = JSON.parse(text) as GraphqlAnswer | null;
    return answer?.data !== undefined || Array.isArray(answer?.errors) ? answer : null;
  } catch {
    return null;
  }
}

function notTheApi(url: string, status: number): ClientError {
  return new ClientError({
    code: 'UNREACHABLE',
    reason: 'not_the_api',
    message: `${url} answered with HTTP status ${status} and not as Levqor's API does. Check the address.`,
  });
}
