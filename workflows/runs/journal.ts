import type { FinishedStep, JournalNode, OpenStep } from './model.ts';

/** The node of a path segment below `parent`; made when it is not there yet. */
export function childNode(parent: JournalNode, segment: string): JournalNode {
  parent.children ??= {};
  return (parent.children[segment] ??= {});
}

/** What an unfinished step remembers; empty at first. */
export function openStep(node: JournalNode): OpenStep {
  return (node.open ??= {});
}

/** Marks a path as finished. Its children are not needed any more: the output says it all. */
export function finishNode(node: JournalNode, finished: FinishedStep): void {
  node.done = finished;
  delete node.open;
  delete node.children;
}

/** Forgets what is below `node` and what it remembered, for another attempt; the counts of attempts stay. */
export function resetNode(node: JournalNode): void {
  delete node.open;
  delete node.done;
  for (const child of Object.values(node.children ?? {})) resetNode(child);
}
