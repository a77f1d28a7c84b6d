import { constants } from 'node:os';

/**
 * One wish to end comes by several ways: to the whole group, and passed on by npm or by what started us. What follows
 * within this many milliseconds is the same wish.
 */
const SAME_WISH = 2_000;

/**
 * Aborts at the first SIGINT, SIGTERM or SIGHUP, so that all that was started can be stopped in order. One more, later,
 * ends this process at once, in case that something does not stop.
 */
export function firstSignal(): AbortSignal {
  const controller = new AbortController();
  let since = 0;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => {
      if (!controller.signal.aborted) {
        since = Date.now();
        controller.abort(new Error(`Ended early by ${name}`));
      } else if (Date.now() - since > SAME_WISH) process.exit(128 + constants.signals[name]);
    });
  return controller.signal;
}
