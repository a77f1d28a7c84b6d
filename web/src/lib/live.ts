import type { Client, createClient as CreateClient } from 'graphql-ws';
import { documentText, type Document } from '../graphql/graphql.ts';

let client: Promise<Client> | undefined;

/**
 * The one socket of this page to the API, through the server of this address, which signs it in by the session. What it
 * takes is loaded when the page is there already: nobody waits for news to see it.
 */
function socket(): Promise<Client> {
  return (client ??= import('graphql-ws').then(({ createClient }) => open(createClient)));
}

function open(createClient: typeof CreateClient): Client {
  return createClient({
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
  });
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
  const over = new AbortController();
  const begin = (opened: Client): void => {
    if (over.signal.aborted) return;
    const ends = [
      ...(connected ? [opened.on('connected', connected)] : []),
      opened.subscribe<Data>(
        { query: documentText(document), variables },
        {
          next: ({ data }) => {
            if (data) hear(data);
          },
          error: () => undefined,
          complete: () => undefined,
        },
      ),
    ];
    over.signal.addEventListener('abort', () => ends.forEach((end) => end()));
  };
  socket().then(begin, () => {
    // It could not be loaded, as without a connection: whoever listens next tries again.
    client = undefined;
  });
  return () => over.abort();
}
