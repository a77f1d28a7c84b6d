import { ExpressionError, Refusal, tooMuch, wrong } from './expression-error.ts';
import { jsonata } from './generated/jsonata.js';
import type { AstNode, JsonataExpression, JsonataFailure, RegexEngineClass } from './jsonata-types.ts';
import type { ExpressionLimits } from './limits.ts';
import { compileLinear } from './linear-regex.ts';
import { checkSource } from './source-shape.ts';

/**
 * Compiles a source within the limits, refusing what may not be run. `engine` is needed to evaluate the result.
 * Throws ExpressionError.
 */
export function compileExpression(
  source: string,
  limits: ExpressionLimits,
  engine?: RegexEngineClass,
): JsonataExpression {
  try {
    checkSource(source, limits);
    const expression = jsonata(source, {
      ...(engine && { RegexEngine: engine }),
      stack: limits.callDepth,
      sequence: limits.sequenceLength,
    });
    for (const node of nodesOf(expression.ast())) checkNode(node);
    return expression;
  } catch (error) {
    throw asExpressionError(error, source);
  }
}

/** All nodes of a syntax tree. */
export function nodesOf(root: AstNode): Set<AstNode> {
  const found = new Set<AstNode>();
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null || value instanceof RegExp) continue;
    if (found.has(value as AstNode)) continue;
    found.add(value as AstNode);
    open.push(...(Object.values(value) as unknown[]));
  }
  return found;
}

/** Whatever was thrown while an expression was compiled or run, as the one error of this folder. */
export function asExpressionError(error: unknown, source: string): ExpressionError {
  if (error instanceof ExpressionError) return error;
  if (error instanceof Refusal) return new ExpressionError(error, source);
  const failure = (error ?? {}) as JsonataFailure;
  const refusal = refusalOf(failure);
  refusal.position = failure.position;
  return new ExpressionError(refusal, source);
}

function checkNode(node: AstNode): void {
  if (node.type === 'variable' && node.value === 'eval') {
    throw wrong('function_not_available', 'uses $eval, which is not available.');
  }
  if (node.type === 'lambda' && node.signature !== undefined) {
    throw wrong('signature_not_supported', 'gives a function a signature. Leave out the part in < >.');
  }
  if (node.type === 'regex' && node.value instanceof RegExp)
    compileLinear(node.value.source, node.value.flags);
}

const LIMIT_CODES: Record<string, () => Refusal> = {
  D1011: tooDeep,
  D2014: () => tooMuch('sequence_too_long', 'makes a list with too many elements.'),
  D2015: () => tooMuch('sequence_too_long', 'makes a list with too many elements.'),
};
const REASONS: Record<string, string> = {
  T1005: 'unknown_function',
  T1006: 'unknown_function',
  T1007: 'unknown_function',
  T1008: 'unknown_function',
  D1001: 'number_out_of_range',
  D3001: 'number_out_of_range',
  D3137: 'error_function',
  D3141: 'assert_failed',
};

function refusalOf({ code = '', message = '' }: JsonataFailure): Refusal {
  if (message.includes('call stack')) return tooDeep();
  if (message.includes('string length')) return tooMuch('string_too_long', 'makes a text that is too long.');
  const limit = Object.hasOwn(LIMIT_CODES, code) ? LIMIT_CODES[code] : undefined;
  if (limit) return limit();
  if (code.startsWith('S')) return wrong('syntax', `could not be read: ${message}`);
  const known = Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
  return wrong(known ?? (code.startsWith('T') ? 'type' : 'evaluation_failed'), `failed: ${message}`);
}

function tooDeep(): Refusal {
  return tooMuch('too_deep', 'calls itself, or nests, too deeply.');
}
