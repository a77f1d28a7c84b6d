import type { DefinitionIssue } from '../model.ts';
import { jsonPointer, type Finding } from './finding.ts';
import type { StepNode } from './read-step-tree.ts';

const MOST_ISSUES = 200;

/** Collects the issues of one definition. */
export interface IssueSink {
  readonly issues: DefinitionIssue[];
  /** True once no more issues are taken: a check may stop. */
  readonly full: boolean;
  /** Adds findings whose places begin at the node, or at the definition when none is given. */
  addAll(findings: Finding[], node?: StepNode): void;
}

/** An empty sink; after 200 issues it takes one that says so, and then no more. */
export function createIssueSink(): IssueSink {
  const issues: DefinitionIssue[] = [];
  return {
    issues,
    get full() {
      return issues.length > MOST_ISSUES;
    },
    addAll(findings, node) {
      for (const finding of findings) {
        if (issues.length > MOST_ISSUES) return;
        issues.push(issues.length === MOST_ISSUES ? tooManyIssues() : toIssue(finding, node));
      }
    },
  };
}

function toIssue({ at, code, message }: Finding, node: StepNode | undefined): DefinitionIssue {
  return { path: jsonPointer([...(node?.place ?? []), ...at]), stepId: nearestId(node), code, message };
}

function nearestId(node: StepNode | null | undefined): string | null {
  return node ? (node.id ?? nearestId(node.parent.owner)) : null;
}

function tooManyIssues(): DefinitionIssue {
  return {
    path: '',
    stepId: null,
    code: 'TOO_MANY_ISSUES',
    message: 'There are more problems than are listed. Mend these first, then check again.',
  };
}
