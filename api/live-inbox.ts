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

/** What an inbox hears. */
export interface Hearing {
  /** The key of an event that is to be heard, else null. */
  keyOf(event: LiveEvent): string | null;
  /** Least time between two looks at changes that are not urgent, in milliseconds. */
  paceMs?: number;
  /** True for a change that is to be looked at, at once. */
  isUrgent?(event: LiveEvent): boolean;
}

/** Opens an inbox for the events of a tenant that `hearing` tells. Close it, or it listens for ever. */
export function openLiveInbox(feed: LiveFeed, tenantId: TenantId, hearing: Hearing): LiveInbox {
  const { keyOf, paceMs = 0, isUrgent } = hearing;
  const keys = new Set<string>();
  let missed = false;
  let urgent = false;
  let closed = false;
  let nextLook = 0;
  let wake = (): void => undefined;

  const stopListening = feed.listen(tenantId, (news) => {
    const key = news === 'reconnected' ? null : keyOf(news);
    if (news === 'reconnected') missed = true;
    else if (key === null) return;
    else {
      keys.add(key);
      urgent ||= isUrgent?.(news) ?? false;
    }
    wake();
  });

  const timeLeft = (): number => {
    if (closed || missed || urgent) return 0;
    return keys.size > 0 ? Math.max(0, nextLook - performance.now()) : Infinity;
  };

  return {
    take: async () => {
      for (let left = timeLeft(); left > 0; left = timeLeft())
        await new Promise<void>((resolve) => {
          const timer = left < Infinity ? setTimeout(resolve, left) : undefined;
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      if (closed) return null;
      const taken = { keys: [...keys], missed };
      keys.clear();
      missed = false;
      urgent = false;
      nextLook = performance.now() + paceMs;
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
