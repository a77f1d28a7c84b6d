import type { Engine } from '../engine.ts';
import { ContinueInNewHistory, StepError, TestEnded } from '../step-error.ts';

/**
 * Runs bodies side by side and ends when all have settled, so that nothing goes on behind the scope's back. The first
 * failure cancels the others (their clean-up runs) and is the one that is thrown; a cancellation or a new history is
 * passed on when nothing failed. So does the end of a test run, which goes before a failure.
 */
export async function settleAll<T>(engine: Engine, bodies: (() => Promise<T>)[]): Promise<T[]> {
  let failure: StepError | null = null;
  const scopes = bodies.map((body) => engine.ports.openScope(body));
  const watched = scopes.map(({ result }) =>
    result.catch((error: unknown) => {
      if (error instanceof StepError) failure ??= error;
      if (error instanceof StepError || error instanceof TestEnded)
        for (const scope of scopes) scope.cancel();
      throw error;
    }),
  );
  const settled = await Promise.allSettled(watched);
  const wentOn = bodies.filter((_, i) => leftForNewHistory(settled[i]));
  const stopped = settled.find((one) => one.status === 'rejected' && engine.ports.isCancellation(one.reason));
  if (failure !== null || stopped) await cleanUp(engine, wentOn);
  const ended = settled.find((one) => one.status === 'rejected' && one.reason instanceof TestEnded);
  if (ended?.status === 'rejected') throw ended.reason;
  if (failure !== null) throw failure as StepError;
  // Said before a new history is: what had left for one was cleaned up, and must not be entered a second time.
  if (stopped?.status === 'rejected') throw stopped.reason;
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}

function leftForNewHistory(settled: PromiseSettledResult<unknown> | undefined): boolean {
  return settled?.status === 'rejected' && settled.reason instanceof ContinueInNewHistory;
}

// These had left for a new history, which does not come now. They are entered once more, as cancelled ones: what they
// had open is known from the journal, and its clean-up runs.
async function cleanUp(engine: Engine, bodies: (() => Promise<unknown>)[]): Promise<void> {
  const ended = bodies.map((body) => {
    const scope = engine.ports.openScope(async () => {
      await Promise.resolve();
      await body();
    });
    scope.cancel();
    return scope.result;
  });
  await Promise.allSettled(ended);
}
