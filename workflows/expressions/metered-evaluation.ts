import { nodesOf } from './compile-expression.ts';
import { tooMuch } from './expression-error.ts';
import type { AstNode, JsonataExpression } from './jsonata-types.ts';
import type { Meter } from './meter.ts';

// Hooks that jsonata looks up among the variables of an expression.
const ENTRY = Symbol.for('jsonata.__evaluate_entry');
const EXIT = Symbol.for('jsonata.__evaluate_exit');
const FRAME = Symbol.for('jsonata.__createFrame_push');

/** Variables are looked up through all frames around them, one level of the stack for each. */
const MAX_FRAMES = 600;
/** The kinds of node whose result is made by them, not passed on from the scope. */
const MAKERS = new Set(['unary', 'function', 'apply']);
/** Operators that look at all that is inside their operands. */
const DEEP_OPERATORS = new Set(['=', '!=', '&', 'and', 'or', 'in']);

interface Frame {
  framesAround?: number;
}

/** Has the meter charged for, and told of, every step of an expression's evaluation. */
export function watch(expression: JsonataExpression, meter: Meter): void {
  const { readWhole, updates } = specialNodes(expression.ast());
  expression.assign(ENTRY, (node: AstNode, input: unknown) => {
    meter.charge(1);
    if (node.type === 'wildcard' || node.type === 'descendant') meter.chargeReading(input);
    // A name is looked up through lists in lists, however many there are.
    if (node.type === 'name' && Array.isArray(input)) meter.chargeReading(input);
  });
  expression.assign(
    EXIT,
    (node: AstNode, ...[, , result]: [input: unknown, environment: unknown, result: unknown]) => {
      if (isTupleStream(result)) return;
      if (isMade(node, result)) meter.checkMade(result);
      if (readWhole.has(node) || isListOfLists(result)) meter.chargeReading(result);
      // What a transform updates was measured before and is about to change.
      if (updates.has(node)) meter.forgetMeasures();
    },
  );
  expression.assign(FRAME, (around: Frame, frame: Frame) => {
    frame.framesAround = (around.framesAround ?? 0) + 1;
    if (frame.framesAround > MAX_FRAMES) throw tooMuch('too_deep', 'calls itself, or nests, too deeply.');
  });
}

/** The nodes whose results are compared, joined or tested for truth as a whole, and the updates of transforms. */
function specialNodes(root: AstNode): {
  readWhole: Set<AstNode | undefined>;
  updates: Set<AstNode | undefined>;
} {
  const readWhole = new Set<AstNode | undefined>();
  const updates = new Set<AstNode | undefined>();
  for (const node of nodesOf(root)) {
    if (node.type === 'binary' && DEEP_OPERATORS.has(node.value as string)) {
      readWhole.add(node.lhs as AstNode).add(node.rhs);
    }
    readWhole.add(node.condition);
    for (const { expr } of [...(node.predicate ?? []), ...(node.stages ?? [])]) readWhole.add(expr);
    if (node.type === 'transform') updates.add(node.update).add(node.delete);
  }
  return { readWhole, updates };
}

function isMade(node: AstNode, result: unknown): boolean {
  if (typeof result === 'string')
    return node.type === 'binary' || node.type === 'function' || node.type === 'apply';
  return MAKERS.has(node.type) || node.group !== undefined || (Array.isArray(result) && 'sequence' in result);
}

function isTupleStream(value: unknown): boolean {
  return Array.isArray(value) && 'tupleStream' in value;
}

function isListOfLists(value: unknown): boolean {
  return Array.isArray(value) && Array.isArray(value[0]);
}
