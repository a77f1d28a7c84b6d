import { createClient, type Client } from 'graphql-ws';
import { documentText, type Document } from '../graphql/graphql.ts';

let client: Client | undefined;

/** The one socket of this page to the API, through the server of this address, which signs it in by the session. */
function socket(): Client {
  return (client ??= createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    lazy: true,
    retryAttempts: Number.POSITIVE_INFINITY,
    // Each token lasts some minutes; its socket is closed then, and the next one brings a new token.
    shouldRetry: () => true,
    retryWait: (tries) =>
      new Promise((resolve) =>
        setTimeout(resolve, Math.min(30_000, 500 * 2 ** tries) * (0.5 + Math.random())),
      ),
    keepAlive: 20_000,
  }));
}

/** What is done with news. */
export interface Listener<Data> {
  hear: (data: Data) => void;
  /** The socket is there, now or again: what happened before was not heard. */
  connected?: () => void;
}

/** Hears news until the function that it gives is called. After a break the socket comes again by itself. */
export function listen<Data, Variables extends Record<string, unknown>>(
  document: Document<Data, Variables>,
  variables: Variables,
  { hear, connected }: Listener<Data>,
): () => void {
  const away = connected && socket().on('connected', connected);
  const stop = socket().subscribe<Data>(
    { query: documentText(document), variables },
    {
      next: ({ data }) => {
        if (data) hear(data);
      },
      error: () => undefined,
      complete: () => undefined,
    },
  );
  return () => {
    away?.();
    stop();
  };
}
