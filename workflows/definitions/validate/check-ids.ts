import { jsonPointer, type Finding } from './finding.ts';
import { reservedNameFindings } from './body-findings.ts';
import type { IssueSink } from './issue-sink.ts';
import { allSteps, type StepListNode, type StepNode } from './read-step-tree.ts';

/** Step ids are unique over the whole definition, since a result is found by its id from anywhere. */
export function checkIds(tree: StepListNode, sink: IssueSink): void {
  const first = new Map<string, StepNode>();
  for (const node of allSteps(tree)) {
    if (node.id === null) continue;
    const other = first.get(node.id);
    if (other) sink.addAll([duplicate(node.id, other)], node);
    else first.set(node.id, node);
    sink.addAll(reservedNameFindings(node.id, ['id']), node);
  }
}

function duplicate(id: string, other: StepNode): Finding {
  const message = `The step at ${jsonPointer(other.place)} has the id "${id}" already. Choose another one.`;
  return { at: ['id'], code: 'ID_DUPLICATE', message };
}
