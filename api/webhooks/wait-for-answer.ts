import type { Ctx } from '../../activities/context.ts';
import { readRunAnswer, type RunAnswer } from '../../activities/runs/index.ts';
import type { RunId } from '../../workflows/ids.ts';
import { FINAL_RUN_STATUSES } from '../../workflows/runs/model.ts';
import type { LiveFeed } from '../live-feed.ts';
import { openLiveInbox } from '../live-inbox.ts';

interface Wait {
  runId: RunId;
  /** The longest wait. */
  seconds: number;
  /** Each of them ends the wait earlier. */
  stops: AbortSignal[];
}

/** Waits until the run has answered or is over. Null when it has done neither before the wait ended. */
export async function waitForAnswer(
  ctx: Ctx,
  feed: LiveFeed,
  { runId, seconds, stops }: Wait,
): Promise<RunAnswer | null> {
  // Listening begins before the first look, so that nothing falls between the two.
  const inbox = openLiveInbox(feed, ctx.tenantId, (event) =>
    event.topic === 'run' && event.runId === runId ? runId : null,
  );
  // Not AbortSignal.any: one of the signals lives as long as the process.
  const timer = setTimeout(inbox.close, seconds * 1_000);
  for (const stop of stops) stop.addEventListener('abort', inbox.close);
  try {
    do {
      const answer = await readRunAnswer(ctx, { runId });
      if (answer.response || FINAL_RUN_STATUSES.some((status) => status === answer.status)) return answer;
    } while (!stops.some((stop) => stop.aborted) && (await inbox.take()) !== null);
    return null;
  } finally {
    clearTimeout(timer);
    for (const stop of stops) stop.removeEventListener('abort', inbox.close);
    inbox.close();
  }
}
