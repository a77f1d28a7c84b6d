import type { FinishedStep, JournalNode, OpenStep } from './model.ts';

/** The node of a path segment below `parent`; made when it is not there yet. */
export function childNode(parent: JournalNode, segment: string): JournalNode {
  parent.children ??= {};
  return (parent.children[segment] ??=
    parent.from === undefined ? {} : { attempts: parent.from, from: parent.from });
}

/** What an unfinished step remembers; empty at first. */
export function openStep(node: JournalNode): OpenStep {
  return (node.open ??= {});
}

/**
 * Marks a path as finished. Its children are not needed any more: the output says it all. `again`: see `forgetChildren`.
 */
export function finishNode(node: JournalNode, finished: FinishedStep, again = false): void {
  forgetChildren(node, again);
  node.done = finished;
  delete node.open;
}

/** Drops what is below `node`. `again`: what holds it may be tried again, and then the attempts inside count on. */
export function forgetChildren(node: JournalNode, again: boolean): void {
  if (again && node.children) node.tries = mostTries(node);
  delete node.children;
}

/** Drops one child, as `forgetChildren` does all. */
export function forgetChild(node: JournalNode, segment: string, again: boolean): void {
  const child = node.children?.[segment];
  if (again && child) node.tries = Math.max(node.tries ?? 0, mostTries(child));
  delete node.children?.[segment];
}

/** Forgets what is below `node` and what it remembered, for another attempt: the steps inside count their attempts on. */
export function resetNode(node: JournalNode): void {
  const tries = Math.max(node.from ?? 0, mostTries(node));
  delete node.open;
  delete node.children;
  if (tries > 0) node.from = tries;
}

/** The highest number of an attempt at anything inside a node. */
function mostTries({ tries = 0, children = {} }: JournalNode): number {
  const inside = Object.values(children).map((child) => Math.max(child.attempts ?? 0, mostTries(child)));
  return Math.max(tries, ...inside);
}
