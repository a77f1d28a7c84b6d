import type { StepByKind, StepKind } from '../model.ts';
import { approvalRules } from '../nodes/approval.ts';
import { branchRules } from '../nodes/branch.ts';
import { callWorkflowRules } from '../nodes/call-workflow.ts';
import { emailRules } from '../nodes/email.ts';
import { failRules } from '../nodes/fail.ts';
import { forEachRules } from '../nodes/for-each.ts';
import { httpRules } from '../nodes/http.ts';
import { parallelRules } from '../nodes/parallel.ts';
import { postgresRules } from '../nodes/postgres.ts';
import { respondRules } from '../nodes/respond.ts';
import { transformRules } from '../nodes/transform.ts';
import { tryRules } from '../nodes/try.ts';
import { waitRules } from '../nodes/wait.ts';
import { whileRules } from '../nodes/while.ts';
import type { NodeRules } from './node-rules.ts';

/** The rules of each kind; a kind without rules does not compile. */
const RULES_BY_KIND: { [Kind in StepKind]: NodeRules<StepByKind[Kind]> } = {
  transform: transformRules,
  http: httpRules,
  postgres: postgresRules,
  email: emailRules,
  branch: branchRules,
  parallel: parallelRules,
  forEach: forEachRules,
  while: whileRules,
  try: tryRules,
  wait: waitRules,
  approval: approvalRules,
  callWorkflow: callWorkflowRules,
  respond: respondRules,
  fail: failRules,
};

/** The rules for a sound step's own kind. */
export function rulesFor<Kind extends StepKind>(step: StepByKind[Kind]): NodeRules<StepByKind[Kind]> {
  return RULES_BY_KIND[step.kind];
}
