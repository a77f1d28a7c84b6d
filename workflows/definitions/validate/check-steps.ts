import { definitionJson } from '../../json.ts';
import type { IssueSink } from './issue-sink.ts';
import { allSteps, type StepListNode } from './read-step-tree.ts';
import { rulesFor } from './rules-by-kind.ts';
import { secretFindings } from './secret-findings.ts';

/** Runs each kind's own rules, and looks for secrets in the fields that templates can stand in. */
export function checkSteps(tree: StepListNode, sink: IssueSink): void {
  for (const node of allSteps(tree)) {
    const { step } = node;
    if (step === null || sink.full) continue;
    const findings = rulesFor(step).findings?.(step) ?? [];
    const told = new Set(findings.map((finding) => finding.at.join('/')));
    const secrets = 'with' in step ? secretFindings(definitionJson(step.with), ['with']) : [];
    sink.addAll([...findings, ...secrets.filter((finding) => !told.has(finding.at.join('/')))], node);
  }
}
