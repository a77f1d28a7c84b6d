import type { ShownStep } from './loaders.ts';
import { isSettled, type TreeNode } from './step-tree.ts';

/** A row of the timeline: a step or round, or a line that stands for finished rounds. */
export type TimelineRowData =
  | { node: TreeNode<ShownStep>; depth: number; canOpen: boolean; isOpen: boolean }
  | { path: string; depth: number; hidden: number };

/** A loop with more rounds shows first those that are not finished. */
const MANY_ROUNDS = 6;

/**
 * The rows to show: what is finished is closed at first, what runs, waits or failed is open. `opened` is what the reader
 * opened or closed since, `selected` the step whose place is always shown.
 */
export function timelineRows(
  tree: readonly TreeNode<ShownStep>[],
  opened: ReadonlyMap<string, boolean>,
  selected: string | null,
): TimelineRowData[] {
  const rows: TimelineRowData[] = [];
  const holdsSelected = (node: TreeNode<ShownStep>): boolean =>
    selected !== null && (selected.startsWith(`${node.path}/`) || selected.startsWith(`${node.path}[`));
  const add = (node: TreeNode<ShownStep>, depth: number): void => {
    const canOpen = node.children.length > 0;
    const isOpen = canOpen && (opened.get(node.path) ?? (!isSettled(node) || holdsSelected(node)));
    rows.push({ node, depth, canOpen, isOpen });
    if (isOpen) addChildren(node, depth + 1);
  };
  const addChildren = ({ path, children }: TreeNode<ShownStep>, depth: number): void => {
    const showsAll = children.length <= MANY_ROUNDS || opened.get(`${path} all`) === true;
    const shown = showsAll ? children : children.filter((one) => !isSettled(one) || isOpenAt(one));
    for (const child of shown) add(child, depth);
    if (shown.length < children.length) rows.push({ path, depth, hidden: children.length - shown.length });
  };
  const isOpenAt = (node: TreeNode<ShownStep>): boolean => node.path === selected || holdsSelected(node);
  for (const node of tree) add(node, 0);
  return rows;
}
