import type { ConnectionKind } from '../../connections/model.ts';
import type { Step } from '../model.ts';
import type { Finding } from './finding.ts';
import type { IssueSink } from './issue-sink.ts';
import { hasTemplate } from './literal-findings.ts';
import { didYouMean } from './nearest-name.ts';
import type { ConnectionUse } from './node-rules.ts';
import { allSteps, readStepTree, type StepListNode } from './read-step-tree.ts';
import { rulesFor } from './rules-by-kind.ts';

/** What the organisation has. A part that is left out is not checked. */
export interface ValidationContext {
  connections?: readonly { name: string; kind: ConnectionKind }[];
  workflows?: readonly { id: string; name: string }[];
}

/** The name of the connection that e-mail steps without one use. */
const DEFAULT_EMAIL_CONNECTION = 'email';

/** Checks that the connections and workflows that steps name are there and fit. */
export function checkContext(tree: StepListNode, context: ValidationContext, sink: IssueSink): void {
  for (const node of allSteps(tree)) {
    if (node.step === null) continue;
    const use = rulesFor(node.step).connection?.(node.step);
    if (use) sink.addAll(connectionFindings(use, context.connections), node);
    sink.addAll(workflowFindings(node.step, context.workflows), node);
  }
}

/** True for a definition with a step that names a connection or a workflow of the organisation, or uses its default one. */
export function refersToTenant(definition: unknown): boolean {
  for (const { step } of allSteps(readStepTree(definition)))
    if (step !== null && (step.kind === 'callWorkflow' || rulesFor(step).connection?.(step))) return true;
  return false;
}

function connectionFindings(use: ConnectionUse, connections: ValidationContext['connections']): Finding[] {
  const { at, name, kind } = use;
  if (name !== undefined && hasTemplate(name)) {
    const message = 'Name the connection in plain text, so that everybody can see what this step may reach.';
    return [{ at, code: 'CONNECTION_NOT_LITERAL', message }];
  }
  if (connections === undefined) return [];
  const fitting = connections.filter((connection) => connection.kind === kind);
  if (name === undefined) return hasDefault(fitting) ? [] : [noDefault(use)];
  const found = connections.find((connection) => connection.name === name);
  if (found?.kind === kind) return [];
  const names = fitting.map((connection) => connection.name);
  if (found) {
    const message = `"${name}" is of kind ${found.kind}; this step needs one of kind ${kind}.`;
    return [{ at, code: 'CONNECTION_WRONG_KIND', message }];
  }
  const hint = didYouMean(name, names) || ' Create it, or name one that exists.';
  return [{ at, code: 'CONNECTION_UNKNOWN', message: `There is no connection "${name}".${hint}` }];
}

/** The one named `email`, else the only one. */
function hasDefault(fitting: readonly { name: string }[]): boolean {
  return fitting.length === 1 || fitting.some(({ name }) => name === DEFAULT_EMAIL_CONNECTION);
}

function noDefault({ at, kind }: ConnectionUse): Finding {
  const message = `Name a connection of kind ${kind} here, or create one named "${DEFAULT_EMAIL_CONNECTION}".`;
  return { at, code: 'CONNECTION_UNKNOWN', message };
}

function workflowFindings(step: Step, workflows: ValidationContext['workflows']): Finding[] {
  if (step.kind !== 'callWorkflow' || workflows === undefined || hasTemplate(step.with.workflow)) return [];
  const wanted = step.with.workflow;
  if (workflows.some(({ id, name }) => id === wanted || name === wanted)) return [];
  const hint =
    didYouMean(
      wanted,
      workflows.map(({ name }) => name),
    ) || ' Use the name or id of one that exists.';
  return [
    {
      at: ['with', 'workflow'],
      code: 'WORKFLOW_UNKNOWN',
      message: `There is no workflow "${wanted}".${hint}`,
    },
  ];
}
