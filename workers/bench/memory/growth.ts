import { median } from '../statistics.ts';

/** What memory was at a moment of the load. */
export interface Sample {
  /** Since the load began. */
  seconds: number;
  mb: number;
}

/**
 * By how many per cent the median of the last sixth of the load is above that of its second sixth: of 30 minutes,
 * minutes 25 to 30 against minutes 5 to 10. Throws RangeError when either has no sample.
 */
export function growth(samples: readonly Sample[], totalSeconds: number): number {
  const sixth = (number: number) =>
    samples.filter(({ seconds }) => Math.floor((seconds * 6) / totalSeconds) === number).map(({ mb }) => mb);
  return (median(sixth(5)) / median(sixth(1)) - 1) * 100;
}

/** The median of each minute, in order; a minute without a sample is left out. */
export function byMinute(samples: readonly Sample[]): number[] {
  const minutes = new Map<number, number[]>();
  for (const { seconds, mb } of samples) {
    const minute = Math.floor(seconds / 60);
    minutes.set(minute, [...(minutes.get(minute) ?? []), mb]);
  }
  return [...minutes.entries()].sort(([a], [b]) => a - b).map(([, values]) => median(values));
}
