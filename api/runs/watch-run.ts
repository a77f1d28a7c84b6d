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

interface Wanted {
  runId: string;
  /** The last sequence that the client knows; null for events from now on. */
  after: number | null;
}

/** How the run stands, then each event as it comes, until the run is over. Throws NOT_FOUND. */
export async function watchRun(ctx: Ctx, feed: LiveFeed, wanted: Wanted): Promise<AsyncGenerator<RunNews>> {
  const { runId } = wanted;
  // Listening begins before the first look, so that nothing falls between the two.
  const inbox = openLiveInbox(feed, ctx.tenantId, (event) =>
    event.topic === 'run' && event.runId === runId ? runId : null,
  );
  try {
    const first = await getRun(ctx, { runId });
    const seen = wanted.after === null ? await lastSequence(ctx, runId) : wanted.after;
    return closingInbox(inbox, news({ ctx, runId, inbox }, first, seen));
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

async function* news({ ctx, runId, inbox }: Watch, first: RunView, seen: number): AsyncGenerator<RunNews> {
  try {
    yield { runEvents: { run: first, event: null } };
    const told = new ToldEvents(seen);
    for (let run = first, heard; ; run = await getRun(ctx, { runId })) {
      const events = await eventsSince(ctx, runId, told);
      for (const event of events) yield { runEvents: { run, event: toRunEvent(event) } };
      if (heard !== undefined && events.length === 0) yield { runEvents: { run, event: null } };
      if (FINAL_RUN_STATUSES.some((status) => status === run.status)) return;
      heard = await inbox.take();
      if (heard === null) return;
    }
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
