/** Several requests of a list that ask for exactly the same. */
export interface Alike {
  contentHash: string;
  title: string;
  count: number;
}

interface Listed {
  contentHash: string | null;
  title: string;
  canDecide: boolean;
}

/** The groups of two and more that the person can decide, in the order of their first ones. */
export function alikeIn(approvals: readonly Listed[]): Alike[] {
  const groups = new Map<string, Alike>();
  for (const { contentHash, title, canDecide } of approvals) {
    if (contentHash === null || !canDecide) continue;
    const group = groups.get(contentHash) ?? { contentHash, title, count: 0 };
    groups.set(contentHash, { ...group, count: group.count + 1 });
  }
  return [...groups.values()].filter(({ count }) => count > 1);
}
