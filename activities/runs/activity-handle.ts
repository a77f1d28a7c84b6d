import { Context } from '@temporalio/activity';

/** An activity as its server sees it. */
export interface ActivityHandle {
  /** Says that the work goes on; also how a cancellation becomes known. */
  heartbeat(): void;
  /** Aborted, with the error to throw as its reason, when the activity is to stop. */
  cancelled: AbortSignal;
}

/** Milliseconds between two heartbeats: several within the time after which a worker counts as dead. */
const HEARTBEAT_MS = 3_000;

/** The activity that Temporal runs now. Throws outside of one. */
export function temporalActivity(): ActivityHandle {
  const context = Context.current();
  return { heartbeat: () => context.heartbeat(), cancelled: context.cancellationSignal };
}

/** Does `work` while heartbeats go out. */
export async function withHeartbeats<T>(handle: ActivityHandle, work: () => Promise<T>): Promise<T> {
  handle.heartbeat();
  const timer = setInterval(() => handle.heartbeat(), HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
