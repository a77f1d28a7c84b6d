import { setTimeout as pause } from 'node:timers/promises';

/** How a load went. */
export interface LoadResult {
  /** Milliseconds from when each piece of work was due to its end, of those that worked. */
  latencies: number[];
  failures: number;
  /** What the first failure said; null when there was none. */
  firstFailure: string | null;
  /** From the first start to the last end. */
  seconds: number;
  /** Pieces of work that worked, a second. */
  perSecond: number;
}

type Work = (index: number) => Promise<unknown>;

/** Does `work` `total` times, `width` at once: the next begins when one has ended. What throws is counted; when all do, this does. */
export async function closedLoop(total: number, width: number, work: Work): Promise<LoadResult> {
  const tally = startTally();
  let next = 0;
  const lane = async () => {
    while (next < total) await tally.measure(performance.now(), next++, work);
  };
  await Promise.all(Array.from({ length: Math.min(width, total) }, lane));
  return tally.result();
}

/**
 * Begins `work` `rate` times a second for `seconds`, however long each takes. Latency counts from when it was due, so
 * that a client that falls behind hides nothing.
 */
export async function openLoop(rate: number, seconds: number, work: Work): Promise<LoadResult> {
  const tally = startTally();
  const startedAt = performance.now();
  const under: Promise<void>[] = [];
  for (let index = 0; index < rate * seconds; index++) {
    const due = startedAt + (index * 1_000) / rate;
    const early = due - performance.now();
    if (early > 0) await pause(early);
    under.push(tally.measure(due, index, work));
  }
  await Promise.all(under);
  return tally.result();
}

function startTally() {
  const startedAt = performance.now();
  const latencies: number[] = [];
  const failed: string[] = [];
  return {
    measure: async (due: number, index: number, work: Work): Promise<void> => {
      try {
        await work(index);
        latencies.push(performance.now() - due);
      } catch (error) {
        failed.push(error instanceof Error ? error.message : String(error));
      }
    },
    result: (): LoadResult => {
      const seconds = (performance.now() - startedAt) / 1_000;
      if (latencies.length === 0) throw new Error(`Nothing worked: ${failed[0] ?? 'nothing was done'}`);
      return {
        ...{ latencies, failures: failed.length, firstFailure: failed[0] ?? null },
        ...{ seconds, perSecond: latencies.length / seconds },
      };
    },
  };
}
