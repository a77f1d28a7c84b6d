import type { TenantId } from '../workflows/ids.ts';
import type { LiveEvent } from '../activities/publish.ts';
import type { LiveFeed } from './live-feed.ts';

/** What changed since the last look: keys, each once, or `missed` when some changes may have gone unheard. */
export interface LiveKeys {
  keys: string[];
  missed: boolean;
}

/** Changes that wait for one subscriber. However slow that is, a thing that changed often waits once. */
export interface LiveInbox {
  /** Waits for changes and takes them all; null once closed. */
  take(): Promise<LiveKeys | null>;
  close(): void;
}

/** Opens an inbox for the events of a tenant to which `keyOf` gives a key. Close it, or it listens for ever. */
export function openLiveInbox(
  feed: LiveFeed,
  tenantId: TenantId,
  keyOf: (event: LiveEvent) => string | null,
): LiveInbox {
  const keys = new Set<string>();
  let missed = false;
  let closed = false;
  let wake = (): void => undefined;

  const stopListening = feed.listen(tenantId, (news) => {
    const key = news === 'reconnected' ? null : keyOf(news);
    if (news === 'reconnected') missed = true;
    else if (key !== null) keys.add(key);
    else return;
    wake();
  });

  return {
    take: async () => {
      while (!closed && !missed && keys.size === 0) await new Promise<void>((resolve) => (wake = resolve));
      if (closed) return null;
      const taken = { keys: [...keys], missed };
      keys.clear();
      missed = false;
      return taken;
    },
    close: () => {
      closed = true;
      stopListening();
      wake();
    },
  };
}

/**
 * A generator that can be stopped while it waits: `return` first closes the inbox on which the generator waits,
 * since a generator's own `return` is only heard at its next `yield`.
 */
export function closingInbox<Item>(inbox: LiveInbox, items: AsyncGenerator<Item>): AsyncGenerator<Item> {
  const stopping = {
    next: () => items.next(),
    return: (value: unknown) => {
      inbox.close();
      return items.return(value);
    },
    throw: (error: unknown) => {
      inbox.close();
      return items.throw(error);
    },
    [Symbol.asyncIterator]: () => stopping as AsyncGenerator<Item>,
    [Symbol.asyncDispose]: async () => inbox.close(),
  };
  return stopping as AsyncGenerator<Item>;
}
