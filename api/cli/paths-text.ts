/**
 * The paths of steps in a line that stays short: without those inside of another one of them, and the items of a loop
 * together, such as `book, lines[…]/send (6)`.
 */
export function pathsText(paths: readonly string[]): string {
  const all = new Set(paths);
  const counts = new Map<string, number>();
  for (const path of paths) {
    if (containersOf(path).some((container) => all.has(container))) continue;
    const form = path.replace(/\[\d+\]/g, '[…]');
    counts.set(form, (counts.get(form) ?? 0) + 1);
  }
  return [...counts].map(([form, count]) => (count === 1 ? form : `${form} (${count})`)).join(', ');
}

/** What a path is inside of: `a[0]` and `a` for `a[0]/b`. */
function containersOf(path: string): string[] {
  return [...path.matchAll(/[/[]/g)].map(({ index }) => path.slice(0, index));
}
