/** The middle of some numbers and how far they spread. */
export interface Summary {
  median: number;
  min: number;
  max: number;
}

/**
 * The value that `share` (0 to 1) of the values do not exceed, by the nearest rank: always one that was measured.
 * Throws RangeError for no values or a share outside of 0 to 1.
 */
export function percentile(values: readonly number[], share: number): number {
  if (share < 0 || share > 1) throw new RangeError(`${share} is no share`);
  const sorted = values.toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (found === undefined) throw new RangeError('There is no percentile of no values');
  return found;
}

/** The middle value; between the two middle ones when their number is even. Throws RangeError for no values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  if (low === undefined || high === undefined) throw new RangeError('There is no median of no values');
  return (low + high) / 2;
}

/** Median, least and greatest. Throws RangeError for no values. */
export function summarise(values: readonly number[]): Summary {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}
