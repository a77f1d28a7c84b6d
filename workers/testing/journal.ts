import type { Json } from '../../workflows/json.ts';
import type { JournalNode } from '../../workflows/runs/model.ts';

/** What the workflow itself says of a step: how often it was tried, and its output when it is over. */
export interface StepInJournal {
  path: string;
  attempt: number;
  done: boolean;
  output: Json;
}

/** The steps in a journal by path, sorted. A finished container has dropped those inside it. */
export function stepsInJournal(node: JournalNode, path = ''): StepInJournal[] {
  const inside = Object.entries(node.children ?? {}).flatMap(([segment, child]) =>
    stepsInJournal(child, path === '' || segment.startsWith('[') ? path + segment : `${path}/${segment}`),
  );
  const { attempts, done } = node;
  // Rounds of a loop and branches have nodes of their own; only a step has attempts.
  if (attempts === undefined) return inside;
  const output = done && 'value' in done.output ? done.output.value : null;
  return [{ path, attempt: attempts, done: done !== undefined, output }, ...inside].sort((a, b) =>
    a.path < b.path ? -1 : 1,
  );
}
