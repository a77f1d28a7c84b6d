import { describe, expect, it } from '@jest/globals';
import type { LiveEvent } from '../activities/publish.ts';
import type { TenantId } from '../workflows/ids.ts';
import type { LiveFeed, LiveNews } from './live-feed.ts';
import { closingInbox, openLiveInbox } from './live-inbox.ts';

const tenantId = 'tenant' as TenantId;
const run = (runId: string): LiveEvent => ({ topic: 'run', tenantId, runId });

function feedForTests() {
  const listeners = new Set<(news: LiveNews) => void>();
  const feed: LiveFeed = {
    listen: (_, listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => Promise.resolve(),
  };
  return { feed, listeners, tell: (news: LiveNews) => listeners.forEach((listener) => listener(news)) };
}
const runIdOf = { keyOf: (event: LiveEvent) => (event.topic === 'run' ? event.runId : null) };

describe('openLiveInbox', () => {
  it('gives what came before it was asked, each thing once', async () => {
    const { feed, tell } = feedForTests();
    const inbox = openLiveInbox(feed, tenantId, runIdOf);
    for (const id of ['a', 'b', 'a', 'a']) tell(run(id));
    expect(await inbox.take()).toEqual({ keys: ['a', 'b'], missed: false });
  });

  it('waits for what comes, and hears only what it was opened for', async () => {
    const { feed, tell } = feedForTests();
    const inbox = openLiveInbox(feed, tenantId, runIdOf);
    const taken = inbox.take();
    tell({ topic: 'approval', tenantId, approvalId: 'x' });
    tell(run('a'));
    expect(await taken).toEqual({ keys: ['a'], missed: false });
  });

  it('says that changes may have been missed', async () => {
    const { feed, tell } = feedForTests();
    const inbox = openLiveInbox(feed, tenantId, runIdOf);
    tell('reconnected');
    expect(await inbox.take()).toEqual({ keys: [], missed: true });
  });

  it('keeps a distance between two looks, but for what is urgent', async () => {
    const { feed, tell } = feedForTests();
    const isUrgent = (event: LiveEvent) => event.topic === 'run' && event.news === 'ended';
    const inbox = openLiveInbox(feed, tenantId, { ...runIdOf, paceMs: 60_000, isUrgent });
    tell(run('a'));
    expect(await inbox.take()).toEqual({ keys: ['a'], missed: false });
    const second = inbox.take();
    tell(run('b'));
    tell(run('c'));
    tell({ topic: 'run', tenantId, runId: 'b', news: 'ended' });
    expect(await second).toEqual({ keys: ['b', 'c'], missed: false });
    const third = inbox.take();
    tell(run('d'));
    inbox.close();
    expect(await third).toBeNull();
  });

  it('looks again when the distance is over', async () => {
    const { feed, tell } = feedForTests();
    const inbox = openLiveInbox(feed, tenantId, { ...runIdOf, paceMs: 5 });
    tell(run('a'));
    await inbox.take();
    tell(run('b'));
    expect(await inbox.take()).toEqual({ keys: ['b'], missed: false });
  });

  it('ends a waiting take when closed, and listens no more', async () => {
    const { feed, listeners } = feedForTests();
    const inbox = openLiveInbox(feed, tenantId, runIdOf);
    const taken = inbox.take();
    inbox.close();
    expect(await taken).toBeNull();
    expect(listeners.size).toBe(0);
  });
});

describe('closingInbox', () => {
  it('ends a generator that waits, and its inbox with it', async () => {
    const { feed, listeners } = feedForTests();
    const inbox = openLiveInbox(feed, tenantId, runIdOf);
    async function* items() {
      for (let heard = await inbox.take(); heard !== null; heard = await inbox.take()) yield heard.keys;
    }
    const generator = closingInbox(inbox, items());
    const waiting = generator.next();
    await generator.return(undefined);
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(listeners.size).toBe(0);
  });
});
