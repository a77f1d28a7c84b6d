import type { Thread } from '../canvas/thread.ts';

/** So many threads that all go on, made of recorded ones: to see and to measure a full picture. */
export function crowdOf(threads: readonly Thread[], count: number): Thread[] {
  return Array.from({ length: count }, (_, i) => {
    const thread = threads[i % threads.length];
    return thread === undefined ? [] : [{ ...thread, id: `crowd ${i}`, to: null }];
  }).flat();
}
