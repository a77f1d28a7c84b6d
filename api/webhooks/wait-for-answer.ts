import type { Ctx } from '../../activities/context.ts';
import { readRunAnswer, type RunAnswer } from '../../activities/runs/index.ts';
import type { RunId } from '../../workflows/ids.ts';
import { FINAL_RUN_STATUSES } from '../../workflows/runs/model.ts';
import type { LiveFeed } from '../live-feed.ts';
import { openLiveInbox } from '../live-inbox.ts';

interface Awaited {
  runId: RunId;
  /** The longest wait. */
  seconds: number;
  /** Ends the wait earlier. */
  stop: AbortSignal;
}

/** Waits until the run has answered or is over. Null when it has done neither within the time. */
export async function waitForAnswer(
  ctx: Ctx,
  feed: LiveFeed,
  { runId, seconds, stop }: Awaited,
): Promise<RunAnswer | null> {
  // Listening begins before the first look, so that nothing falls between the two.
  const inbox = openLiveInbox(feed, ctx.tenantId, (event) =>
    event.topic === 'run' && event.runId === runId ? runId : null,
  );
  const end = AbortSignal.any([stop, AbortSignal.timeout(seconds * 1_000)]);
  end.addEventListener('abort', inbox.close, { once: true });
  try {
    do {
      const answer = await readRunAnswer(ctx, { runId });
      if (answer.response || FINAL_RUN_STATUSES.some((status) => status === answer.status)) return answer;
    } while (!end.aborted && (await inbox.take()) !== null);
    return null;
  } finally {
    end.removeEventListener('abort', inbox.close);
    inbox.close();
  }
}
