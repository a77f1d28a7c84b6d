import { createClient, type Client as SocketClient } from 'graphql-ws';
import { ClientError, errorOfAnswer, type GraphqlErrorBody } from './client-error.ts';

/** A socket that carries subscriptions. */
export interface Socket {
  iterate<Result>(request: { query: string; variables: object }): AsyncGenerator<Result>;
  close(): Promise<void>;
}

const ATTEMPTS = 5;

/** Makes a socket to `/graphql`; it connects at the first subscription. */
export function openSocket(url: string, key: string | undefined): Socket {
  const client = createClient({
    url: url.replace(/^http/, 'ws'),
    connectionParams: key === undefined ? {} : { authorization: `Bearer ${key}` },
    retryAttempts: ATTEMPTS,
    shouldRetry: (cause) => !isRefusal(cause),
  });
  return { iterate: (request) => iterate(client, request), close: async () => client.dispose() };
}

async function* iterate<Result>(
  client: SocketClient,
  { query, variables }: { query: string; variables: object },
): AsyncGenerator<Result> {
  const news = client.iterate<Result>({ query, variables: { ...variables } });
  try {
    for await (const { data, errors } of news) {
      if (errors) throw errorOfAnswer(errors);
      if (data) yield data;
    }
  } catch (cause) {
    throw toClientError(cause);
  }
}

/** How the server closes a socket. */
interface Closed {
  code: number;
  reason: string;
}

const FORBIDDEN = 4403;

function isClosed(cause: unknown): cause is Closed {
  return typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'number';
}

function isRefusal(cause: unknown): boolean {
  return isClosed(cause) && cause.code === FORBIDDEN;
}

function toClientError(cause: unknown): ClientError {
  if (cause instanceof ClientError) return cause;
  if (Array.isArray(cause)) return errorOfAnswer(cause as GraphqlErrorBody[]);
  if (isClosed(cause) && isRefusal(cause))
    return new ClientError({
      code: 'UNAUTHENTICATED',
      reason: cause.reason,
      message: 'The API key is not accepted, or may do something else now. Sign in again.',
    });
  const message = 'The live connection broke off and could not be made again. Try again in a minute.';
  return new ClientError({ code: 'UNREACHABLE', reason: 'socket_closed', message }, cause);
}
