import type { Ctx } from '../../activities/context.ts';
import { readRunAnswer, type RunAnswer } from '../../activities/runs/index.ts';
import type { RunId, TenantId } from '../../workflows/ids.ts';
import { FINAL_RUN_STATUSES } from '../../workflows/runs/model.ts';
import type { LiveFeed } from '../live-feed.ts';
import { openLiveInbox } from '../live-inbox.ts';

interface Wait {
  runId: RunId;
  /** True when the run was begun after the listening had: then nothing can have gone unheard. */
  isNew: boolean;
  /** The longest wait. */
  seconds: number;
  /** Each of them ends the wait earlier. */
  stops: AbortSignal[];
}

/** Hears when a run of the tenant has answered or is over. */
export interface AnswerListener {
  /** Waits for this run, once. Null when it has done neither before the wait ended. */
  answerOf(ctx: Ctx, wait: Wait): Promise<RunAnswer | null>;
  close(): void;
}

/** Begins to listen. Close it, or it listens for ever. */
export function listenForAnswer(feed: LiveFeed, tenantId: TenantId): AnswerListener {
  let wanted: RunId | null = null;
  const inbox = openLiveInbox(feed, tenantId, {
    keyOf: (event) => {
      if (event.topic !== 'run' || event.news === undefined) return null;
      return wanted === null || event.runId === wanted ? event.runId : null;
    },
  });
  const heardOf = async (runId: RunId): Promise<boolean> => {
    for (let news = await inbox.take(); news !== null; news = await inbox.take())
      if (news.missed || news.keys.includes(runId)) return true;
    return false;
  };
  return {
    answerOf: async (ctx, { runId, isNew, seconds, stops }) => {
      wanted = runId;
      // Not AbortSignal.any: one of the signals lives as long as the process.
      const timer = setTimeout(inbox.close, seconds * 1_000);
      for (const stop of stops) stop.addEventListener('abort', inbox.close);
      try {
        let answer = isNew ? null : await readAnswer(ctx, runId);
        while (answer === null && !stops.some((stop) => stop.aborted) && (await heardOf(runId)))
          answer = await readAnswer(ctx, runId);
        return answer;
      } finally {
        clearTimeout(timer);
        for (const stop of stops) stop.removeEventListener('abort', inbox.close);
      }
    },
    close: inbox.close,
  };
}

async function readAnswer(ctx: Ctx, runId: RunId): Promise<RunAnswer | null> {
  const answer = await readRunAnswer(ctx, { runId });
  const isOver = FINAL_RUN_STATUSES.some((status) => status === answer.status);
  return answer.response || isOver ? answer : null;
}
