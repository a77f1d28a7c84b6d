const LONGEST_NAME = 64;

/**
 * The name among `names` that was most likely meant by `wrong`, or null when none is near.
 * Near = other case or dashes, or at most a third of its letters changed (Levenshtein distance).
 */
export function nearestName(wrong: string, names: Iterable<string>): string | null {
  if (wrong.length === 0 || wrong.length > LONGEST_NAME) return null;
  const plain = plainName(wrong);
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(wrong.length / 3)) + 1;
  for (const name of names) {
    if (plainName(name) === plain) return name;
    if (Math.abs(name.length - wrong.length) >= bestDistance) continue;
    const distance = editDistance(wrong, name);
    if (distance < bestDistance) [best, bestDistance] = [name, distance];
  }
  return best;
}

/** ` Did you mean "x"?` for the nearest name, or nothing. */
export function didYouMean(wrong: string, names: Iterable<string>): string {
  const name = nearestName(wrong, names);
  return name === null ? '' : ` Did you mean "${name}"?`;
}

function plainName(name: string): string {
  return name.replace(/[-_ ]/g, '').toLowerCase();
}

/** Levenshtein distance by the two-row method. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, i) => i);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const swap = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
