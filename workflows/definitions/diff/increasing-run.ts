/**
 * The indexes of a longest strictly increasing run (with gaps) of the numbers: the steps that kept their order.
 * Quadratic, which is quick for the thousand steps of a definition.
 */
export function increasingRun(numbers: readonly number[]): Set<number> {
  const lengths: number[] = [];
  const previous: number[] = [];
  numbers.forEach((number, i) => {
    lengths[i] = 1;
    previous[i] = -1;
    for (let j = 0; j < i; j++) {
      const longer = (lengths[j] ?? 0) + 1;
      if ((numbers[j] ?? 0) < number && longer > (lengths[i] ?? 0)) [lengths[i], previous[i]] = [longer, j];
    }
  });
  const run = new Set<number>();
  for (let i = lengths.indexOf(Math.max(...lengths)); i >= 0; i = previous[i] ?? -1) run.add(i);
  return run;
}
