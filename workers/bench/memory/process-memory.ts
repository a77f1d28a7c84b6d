import { readdirSync, readFileSync } from 'node:fs';

/** Memory of some processes, in megabytes (10^6 bytes would flatter: these are MiB). */
export interface Memory {
  /** Proportional set size: a page that several processes share is counted once. */
  pss: number;
  /** Resident set size: a shared page is counted for each process. */
  rss: number;
}

/** What `/proc/<pid>/stat` tells of a process's parent; null when that cannot be read. */
export function parentIn(stat: string): number | null {
  // The name stands in brackets and may hold anything, brackets too.
  const [, parent] = /^\S+ \(.*\) \S (\d+) /s.exec(stat) ?? [];
  return parent === undefined ? null : Number(parent);
}

/** PSS and RSS in `/proc/<pid>/smaps_rollup`, in MiB. Throws when it has neither. */
export function memoryIn(rollup: string): Memory {
  const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(rollup)?.[1]);
  const memory = { pss: kilobytes('Pss') / 1_024, rss: kilobytes('Rss') / 1_024 };
  if (Number.isNaN(memory.pss + memory.rss)) throw new Error('This is no smaps_rollup');
  return memory;
}

/**
 * Splits a process and all that descend from it into parts: a part begins with one of the named processes; what is
 * above them is `npm`. Gives the process ids by part.
 */
export function partsOf(
  root: number,
  named: Record<string, number>,
  parents: ReadonlyMap<number, number>,
): Map<string, number[]> {
  const names = new Map(Object.entries(named).map(([name, pid]) => [pid, name]));
  const partOf = (pid: number): string | null => {
    if (pid === root) return 'npm';
    const name = names.get(pid);
    if (name !== undefined) return name;
    const parent = parents.get(pid);
    return parent === undefined ? null : partOf(parent);
  };
  const parts = new Map<string, number[]>();
  for (const pid of parents.keys()) {
    const part = partOf(pid);
    if (part !== null) parts.set(part, [...(parts.get(part) ?? []), pid]);
  }
  return parts;
}

/** The parent of every process of this machine. Linux only. */
export function readParents(): Map<number, number> {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = parentIn(readOrNothing(`/proc/${name}/stat`));
    if (parent !== null) parents.set(Number(name), parent);
  }
  return parents;
}

/** The memory of the parts of a running platform, by name. Linux only; processes that end meanwhile count nothing. */
export function readMemory(root: number, named: Record<string, number>): Map<string, Memory> {
  const found = new Map<string, Memory>();
  for (const [part, pids] of partsOf(root, named, readParents())) {
    const sum = { pss: 0, rss: 0 };
    for (const pid of pids) {
      const rollup = readOrNothing(`/proc/${pid}/smaps_rollup`);
      if (rollup === '') continue;
      const { pss, rss } = memoryIn(rollup);
      sum.pss += pss;
      sum.rss += rss;
    }
    found.set(part, sum);
  }
  return found;
}

/** A process may end between two looks, and the kernel's own have no memory to tell of. */
function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
