import { z } from 'zod';
import { isJsonObject } from '../../json.ts';
import { flowSchema, STEP_KINDS, STEP_SCHEMAS, triggerSchema, type Step, type StepKind } from '../model.ts';
import { branchSchema } from '../nodes/branch.ts';
import { forEachSchema } from '../nodes/for-each.ts';
import { parallelSchema } from '../nodes/parallel.ts';
import { trySchema } from '../nodes/try.ts';
import { waitFieldsSchema } from '../nodes/wait.ts';
import { whileSchema } from '../nodes/while.ts';
import { shorten, valueAt, type Finding, type Place } from './finding.ts';
import type { IssueSink } from './issue-sink.ts';
import { didYouMean } from './nearest-name.ts';
import { allSteps, type StepListNode, type StepNode } from './read-step-tree.ts';
import { shapeFindings } from './shape-findings.ts';

const anyList = z.array(z.unknown());

/** The schema of each kind's own fields: lists inside it need only be lists, as their steps are looked at alone. */
const OWN_FIELDS: { [Kind in StepKind]: z.ZodType } = {
  ...STEP_SCHEMAS,
  branch: branchSchema(anyList),
  parallel: parallelSchema(anyList),
  forEach: forEachSchema(anyList),
  while: whileSchema(anyList),
  try: trySchema(anyList),
  wait: waitFieldsSchema,
};

const flowFieldsSchema = flowSchema.extend({
  steps: anyList,
  triggers: z.array(z.unknown()).max(50).optional(),
});
const TRIGGER_KINDS = ['manual', 'webhook', 'schedule'];

/** Words that people try for a kind, and the kind that they mean. */
const OTHER_WORDS: Record<string, StepKind> = {
  if: 'branch',
  switch: 'branch',
  condition: 'branch',
  loop: 'forEach',
  for: 'forEach',
  map: 'transform',
  set: 'transform',
  sql: 'postgres',
  query: 'postgres',
  mail: 'email',
  request: 'http',
  fetch: 'http',
  delay: 'wait',
  sleep: 'wait',
  subworkflow: 'callWorkflow',
  return: 'respond',
  throw: 'fail',
};

/** Looks at the form of the definition and of each step, and marks the steps whose own fields are sound. */
export function checkShape(definition: unknown, tree: StepListNode, sink: IssueSink): void {
  sink.addAll(shapeFindings(flowFieldsSchema, definition));
  const triggers = valueAt(definition, ['triggers']);
  if (Array.isArray(triggers))
    triggers.forEach((trigger, i) => sink.addAll(triggerFindings(trigger, ['triggers', i])));
  for (const node of allSteps(tree)) {
    const findings = stepFindings(node);
    // The one cast from raw to typed: the kind's own schema accepted it, and nothing reads its lists by it.
    if (findings.length === 0) node.step = node.raw as Step;
    sink.addAll(findings, node);
  }
}

function stepFindings({ raw, kind }: StepNode): Finding[] {
  if (!isJsonObject(raw))
    return [{ at: [], code: 'WRONG_TYPE', message: 'A step must be an object with "id" and "kind".' }];
  if (kind !== null) return shapeFindings(OWN_FIELDS[kind], raw).map((finding) => moreExact(finding, kind));
  return [kindFinding(raw['kind'], { known: STEP_KINDS, otherWords: OTHER_WORDS })];
}

function triggerFindings(trigger: unknown, place: Place): Finding[] {
  const kind = valueAt(trigger, ['kind']);
  const findings =
    isJsonObject(trigger) && !TRIGGER_KINDS.some((known) => known === kind)
      ? [kindFinding(kind, { known: TRIGGER_KINDS, otherWords: {} })]
      : shapeFindings(triggerOption(kind), trigger);
  return findings.map((finding) => ({ ...finding, at: [...place, ...finding.at] }));
}

function triggerOption(kind: unknown): z.ZodType {
  return triggerSchema.options.find((option) => option.shape.kind.value === kind) ?? triggerSchema;
}

function kindFinding(kind: unknown, words: { known: string[]; otherWords: Record<string, string> }): Finding {
  const at = ['kind'];
  if (kind === undefined)
    return { at, code: 'MISSING_FIELD', message: `"kind" is missing. Use one of ${words.known.join(', ')}.` };
  if (typeof kind !== 'string') return { at, code: 'WRONG_TYPE', message: '"kind" must be text.' };
  const word = kind.toLowerCase();
  const other = Object.hasOwn(words.otherWords, word) ? words.otherWords[word] : undefined;
  const hint = other
    ? ` Use "${other}".`
    : didYouMean(kind, words.known) || ` Use one of ${words.known.join(', ')}.`;
  return { at, code: 'UNKNOWN_KIND', message: `There is no kind "${shorten(kind)}".${hint}` };
}

/** Some faults of form have a code of their own. */
function moreExact(finding: Finding, kind: StepKind): Finding {
  if (kind === 'while' && finding.code === 'MISSING_FIELD' && finding.at[0] === 'maxIterations')
    return {
      ...finding,
      code: 'LOOP_UNBOUNDED',
      message: 'This loop has no end. Add "maxIterations", the most rounds it may take.',
    };
  return finding;
}
