import type { Json } from '../../json.ts';
import { valueAt } from './finding.ts';
import { templateFindings, wholeFindings, type Scope } from './expression-findings.ts';
import { explainInvisibleStep, type StepIndex } from './explain-invisible-step.ts';
import type { IssueSink } from './issue-sink.ts';
import type { TemplateSite } from './node-rules.ts';
import { allSteps, type StepListNode, type StepNode } from './read-step-tree.ts';
import { rulesFor } from './rules-by-kind.ts';

/** Names that every expression of a step can use. */
const FLOW_NAMES = ['input', 'steps', 'run'];

interface Walk {
  sink: IssueSink;
  index: StepIndex;
}

/** What can be seen at one point. `steps` grows while a list is walked. */
interface Seen {
  steps: ReadonlySet<string>;
  names: ReadonlySet<string>;
}

/**
 * Checks every expression of the steps and of the output: that it can be read, and that it uses only names and
 * results that are there when it is evaluated. Each list of steps inside a step has a scope of its own: it sees what
 * was there before that step, and when it is over, only the result of that step remains.
 */
export function checkReferences(definition: unknown, tree: StepListNode, sink: IssueSink): void {
  const index: StepIndex = new Map();
  for (const node of allSteps(tree)) if (node.id !== null && !index.has(node.id)) index.set(node.id, node);
  const after = checkList(tree, { steps: new Set(), names: new Set(FLOW_NAMES) }, { sink, index });
  const scope: Scope = { ...after, explain: (id) => explainInvisibleStep(id, null, index) };
  sink.addAll(templateFindings(valueAt(definition, ['output']) as Json | undefined, ['output'], scope));
}

/** Checks the steps of a list in order and returns what is seen after the last one. */
function checkList(list: StepListNode, before: Seen, walk: Walk): Seen {
  const steps = new Set(before.steps);
  const seen = { steps, names: before.names };
  for (const node of list.nodes) {
    if (walk.sink.full) break;
    checkNode(node, seen, walk);
    for (const inner of node.lists) checkList(inner, insideOf(node, inner, seen), walk);
    if (node.id !== null) steps.add(node.id);
  }
  return seen;
}

function checkNode(node: StepNode, seen: Seen, { sink, index }: Walk): void {
  if (node.step === null) return;
  const explain = (id: string) => explainInvisibleStep(id, node, index);
  const when: TemplateSite = { at: ['when'], value: node.step.when, form: 'whole' };
  for (const site of [when, ...rulesFor(node.step).templates(node.step)]) {
    const scope = { ...(site.seesBody ? withBody(node, seen) : seen), explain };
    const check = site.form === 'whole' ? wholeFindings : templateFindings;
    sink.addAll(check(site.value, site.at, scope), node);
  }
}

/** What the steps of a list inside a step see besides what the step itself sees. */
function insideOf({ kind, raw }: StepNode, list: StepListNode, seen: Seen): Seen {
  const names = new Set(seen.names);
  if (kind === 'forEach' || kind === 'while') names.add('index');
  const item = kind === 'forEach' ? valueAt(raw, ['as']) : undefined;
  if (typeof item === 'string') names.add(item);
  if (list.at[0] === 'catch') names.add('error');
  return { steps: seen.steps, names };
}

/** The condition of a loop also sees the results of the round before, null at first. */
function withBody(node: StepNode, seen: Seen): Seen {
  const [body] = node.lists;
  const ids = body?.nodes.flatMap(({ id }) => id ?? []) ?? [];
  return { steps: new Set([...seen.steps, ...ids]), names: new Set([...seen.names, 'index']) };
}
