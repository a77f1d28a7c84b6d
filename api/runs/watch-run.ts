import type { Ctx } from '../../activities/context.ts';
import { getRun, listEvents, type EventView, type RunView } from '../../activities/runs/index.ts';
import { FINAL_RUN_STATUSES } from '../../workflows/runs/model.ts';
import type { LiveFeed } from '../live-feed.ts';
import { closingInbox, openLiveInbox, type LiveInbox } from '../live-inbox.ts';
import { toRunEvent } from './run.resolver.ts';
import type { RunEvent } from './runs.model.ts';

/** An item of the subscription `runEvents`. */
export interface RunNews {
  runEvents: { run: RunView; event: RunEvent | null };
}

/** A busy run changes many times a second: it is read as often as people can see, and once more at its end. */
const PACE_MS = 100;

interface Wanted {
  runId: string;
  /** The last sequence that the client knows; null when it knows no event. */
  after: number | null;
}

/** How the run stands, then each event as it comes, until the run is over. Throws NOT_FOUND and INVALID. */
export async function watchRun(ctx: Ctx, feed: LiveFeed, wanted: Wanted): Promise<AsyncGenerator<RunNews>> {
  const { runId, after } = wanted;
  // Listening begins before the first look, so that nothing falls between the two.
  const inbox = openLiveInbox(feed, ctx.tenantId, {
    keyOf: (event) => (event.topic === 'run' && event.runId === runId ? runId : null),
    paceMs: PACE_MS,
    isUrgent: (event) => event.topic === 'run' && event.news !== undefined,
  });
  try {
    await listEvents(ctx, { runId, first: 1, afterSequence: after });
    return closingInbox(inbox, news({ ctx, runId, inbox }, new ToldEvents(after ?? -1)));
  } catch (error) {
    inbox.close();
    throw error;
  }
}

interface Watch {
  ctx: Ctx;
  runId: string;
  inbox: LiveInbox;
}

async function* news({ ctx, runId, inbox }: Watch, told: ToldEvents): AsyncGenerator<RunNews> {
  try {
    do {
      // The run before its events: what happens between the two reads is told, and told again with the next news.
      const run = await getRun(ctx, { runId });
      yield { runEvents: { run, event: null } };
      for (const event of await eventsSince(ctx, runId, told))
        yield { runEvents: { run, event: toRunEvent(event) } };
      if (FINAL_RUN_STATUSES.some((status) => status === run.status)) return;
    } while ((await inbox.take()) !== null);
  } finally {
    inbox.close();
  }
}

/**
 * Which events a client knows. A worker that took over may number events anew, a little lower than those told, so
 * the last ones are known by what they are and looked at again.
 */
class ToldEvents {
  static readonly #LOOK_BACK = 200;
  readonly #keys = new Map<string, number>();
  readonly #start: number;
  #highest: number;

  constructor(start: number) {
    this.#start = start;
    this.#highest = start;
  }

  /** Events after this sequence may hold some that are not told. */
  get from(): number {
    return Math.max(this.#start, this.#highest - ToldEvents.#LOOK_BACK);
  }

  /** True the first time. */
  tell({ path, attempt, kind, sequence }: EventView): boolean {
    const key = `${path}\n${attempt}\n${kind}`;
    if (this.#keys.has(key)) return false;
    this.#keys.set(key, sequence);
    this.#highest = Math.max(this.#highest, sequence);
    for (const [old, at] of this.#keys) if (at <= this.from) this.#keys.delete(old);
    return true;
  }
}

const PAGE = 1_000;

async function eventsSince(ctx: Ctx, runId: string, told: ToldEvents): Promise<EventView[]> {
  const found: EventView[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listEvents>> = await listEvents(ctx, {
      ...{ runId, first: PAGE, after },
      afterSequence: told.from,
    });
    found.push(...page.items.map((item) => item.node));
    after = page.hasNextPage ? page.endCursor : null;
  } while (after !== null);
  return found.filter((event) => told.tell(event));
}
