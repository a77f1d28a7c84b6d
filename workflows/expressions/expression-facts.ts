import { compileExpression, nodesOf } from './compile-expression.ts';
import type { AstNode } from './jsonata-types.ts';
import { EXPRESSION_LIMITS } from './limits.ts';

/** What an expression refers to, as far as its source tells. */
export interface ExpressionFacts {
  /** Names read from the scope itself: `input`, `steps`, `run`, loop variables. Never a name that may be relative. */
  roots: string[];
  /** Ids of the steps read as `steps.id`; `all` when `steps`, or the whole scope, is used in another way. */
  steps: string[] | 'all';
  /** True when the whole scope is passed on (`$`, `$$`, `*`, `$keys()`). */
  usesContextRoot: boolean;
  /** Paths of fields from the scope, filters left out: `['steps', 'charge', 'output', 'body']`. */
  paths: string[][];
}

/**
 * Checks that an expression can be compiled within EXPRESSION_LIMITS and tells what it refers to.
 * Throws ExpressionError.
 */
export function checkExpression(source: string): ExpressionFacts {
  return expressionFacts(compileExpression(source, EXPRESSION_LIMITS).ast());
}

/** What a compiled expression refers to. */
export function expressionFacts(ast: AstNode): ExpressionFacts {
  const finder = new ReferenceFinder();
  finder.visit(ast, ROOT);
  // `%` climbs back up, from a step to its neighbours.
  const climbs = [...nodesOf(ast)].some(({ type }) => type === 'parent');
  return finder.facts(climbs);
}

/** Where names are looked up: the fields from the scope to there, or null where that is not known. */
type Place = string[] | null;
const ROOT: Place = [];

// Functions that take the context when they are called without their first argument: name and arity then.
const CONTEXT_FUNCTIONS: Record<string, number> = {
  keys: 0,
  string: 0,
  boolean: 0,
  not: 0,
  spread: 0,
  clone: 0,
  lookup: 1,
  each: 1,
  sift: 1,
};

class ReferenceFinder {
  private readonly paths = new Map<string, string[]>();
  private wholeScope = false;

  facts(climbs: boolean): ExpressionFacts {
    const paths = [...this.paths.values()];
    const roots = [...new Set(paths.map(([root]) => root as string))];
    const steps = paths.filter(([root]) => root === 'steps');
    const opaque = this.wholeScope || steps.some(({ length }) => length < 2) || (climbs && steps.length > 0);
    return {
      roots,
      steps: opaque ? 'all' : [...new Set(steps.map(([, id]) => id as string))],
      usesContextRoot: this.wholeScope,
      paths,
    };
  }

  visit(node: AstNode | undefined, place: Place): void {
    if (!node) return;
    if (node.type === 'path') this.visitPath(node.steps ?? [], place);
    else if (node.type === 'name') this.record(place && [...place, node.value as string]);
    else if (isWholeContext(node)) this.record(placeOf(node, place));
    else this.visitParts(node, place);
    this.visitRelative(node);
  }

  private visitPath(steps: AstNode[], start: Place): void {
    let place = start;
    for (const [index, step] of steps.entries()) {
      const next = this.stepInto(step, index === 0 ? start : place);
      this.visitRelative(step);
      // `@$name` binds what the step gave and leaves the context where it was.
      if (step.focus === undefined) place = next;
      else this.record(next);
    }
    this.record(place);
  }

  private stepInto(step: AstNode, place: Place): Place {
    if (step.type === 'name') return place && [...place, step.value as string];
    if (step.type === 'variable' && isWholeContext(step)) return placeOf(step, place);
    // Whatever else begins here looks at all of it.
    this.record(place && place.length > 0 ? place : null);
    if (step.type === 'sort') {
      for (const { expression } of step.terms ?? []) this.visit(expression, null);
      return place;
    }
    this.visitParts(step, place && place.length === 0 ? place : null);
    return null;
  }

  /** Filters and groups see the elements, not the scope. */
  private visitRelative(node: AstNode): void {
    for (const { expr } of [...(node.predicate ?? []), ...(node.stages ?? [])]) this.visit(expr, null);
    for (const pair of node.group?.lhs ?? []) for (const part of pair) this.visit(part, null);
  }

  private visitParts(node: AstNode, place: Place): void {
    if (node.type === 'wildcard' || node.type === 'descendant') this.record(place);
    if (node.type === 'transform') {
      for (const part of [node.pattern, node.update, node.delete]) this.visit(part, null);
      return;
    }
    if (node.type === 'apply') return this.visitApply(node, place);
    if (takesContext(node, 0)) this.record(place);
    this.visitOperands(node, place);
  }

  private visitOperands(node: AstNode, place: Place): void {
    const { lhs, rhs, expression, condition, then, else: otherwise, body, procedure } = node;
    if (Array.isArray(lhs)) for (const pair of lhs) for (const part of pair) this.visit(part, place);
    else if (node.type !== 'bind') this.visit(lhs, place);
    for (const part of [rhs, expression, condition, then, otherwise, body, procedure])
      this.visit(part, place);
    for (const part of node.expressions ?? []) this.visit(part, place);
    if (node.type !== 'lambda') for (const part of node.arguments ?? []) this.visit(part, place);
  }

  /** `x ~> $f(y)` gives x to the call as its first argument. */
  private visitApply(node: AstNode, place: Place): void {
    this.visit(node.lhs as AstNode, place);
    const call = node.rhs;
    if (call?.type !== 'function') return this.visit(call, place);
    if (takesContext(call, 1)) this.record(place);
    this.visitOperands(call, place);
    this.visitRelative(call);
  }

  private record(path: Place): void {
    if (path === null) return;
    if (path.length === 0) this.wholeScope = true;
    else this.paths.set(JSON.stringify(path), path);
  }
}

/** `$` is the context, `$$` the scope. */
function isWholeContext(node: AstNode): boolean {
  return node.type === 'variable' && (node.value === '' || node.value === '$');
}

function placeOf(variable: AstNode, place: Place): Place {
  return variable.value === '$' ? ROOT : place;
}

function takesContext(node: AstNode, given: number): boolean {
  if (node.type !== 'function' || node.procedure?.type !== 'variable') return false;
  const name = node.procedure.value as string;
  return (
    Object.hasOwn(CONTEXT_FUNCTIONS, name) &&
    (node.arguments?.length ?? 0) + given === CONTEXT_FUNCTIONS[name]
  );
}
