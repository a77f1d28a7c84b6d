import type { Json, JsonObject } from '../json.ts';
import { asExpressionError, compileExpression, nodesOf } from './compile-expression.ts';
import type { JsonataExpression, RegexEngineClass } from './jsonata-types.ts';
import { EXPRESSION_LIMITS, type ExpressionLimits } from './limits.ts';
import { linearRegexEngine } from './linear-regex.ts';
import { Meter, stringTooLong } from './meter.ts';
import { watch } from './metered-evaluation.ts';
import { expressionFacts, type ExpressionFacts } from './expression-facts.ts';
import { guardedFunctions, type GuardedFunctions } from './native-functions.ts';
import { plainJson, plainObject, type Allowance } from './plain-json.ts';
import { parseTemplate, wholeExpression, type TemplatePart } from './template.ts';
import { valueTooDeep } from './weigh.ts';

/** Evaluates expressions, synchronously and within limits. One for each run: it holds caches and counters. */
export interface Expressions {
  /**
   * The value of one expression (the text inside `{{ }}`) over a scope: plain JSON that shares nothing with the
   * scope. Undefined is null. Throws ExpressionError.
   */
  evaluate(source: string, scope: JsonObject): Json;
  /**
   * A copy of a JSON value with the templates in its strings evaluated; keys stay as they are. A string that is one
   * whole `{{ }}` keeps the type of its value; in mixed text null is nothing and objects are JSON.
   * Throws ExpressionError.
   */
  render(template: Json, scope: JsonObject): Json;
  /** What an expression refers to. Throws ExpressionError when it cannot be compiled. */
  facts(source: string): ExpressionFacts;
  /** Cost units used since the last `resetSpent`. */
  readonly spent: number;
  resetSpent(): void;
}

/** Makes the evaluator of one run. Limits that are not given are those of EXPRESSION_LIMITS. */
export function createExpressions(limits: Partial<ExpressionLimits> = {}): Expressions {
  return new MeteredExpressions({ ...EXPRESSION_LIMITS, ...limits });
}

const MAX_CACHED = 2_000;

interface Rendering {
  scope: JsonObject;
  allowance: Allowance;
  depth: number;
}

class MeteredExpressions implements Expressions {
  private readonly meter: Meter;
  private readonly functions: GuardedFunctions;
  private readonly engine: RegexEngineClass;
  private readonly compiled = new Map<string, JsonataExpression>();
  private readonly templates = new Map<string, TemplatePart[]>();

  constructor(limits: ExpressionLimits) {
    this.meter = new Meter(limits);
    this.functions = guardedFunctions(this.meter);
    this.engine = linearRegexEngine(this.meter);
  }

  get spent(): number {
    return this.meter.spent;
  }

  resetSpent(): void {
    this.meter.spent = 0;
  }

  facts(source: string): ExpressionFacts {
    return expressionFacts(this.compile(source).ast());
  }

  evaluate(source: string, scope: JsonObject): Json {
    const { limits } = this.meter;
    return this.run(source, scope, { weight: limits.weight, cost: limits.cost, limits });
  }

  render(template: Json, scope: JsonObject): Json {
    const { limits } = this.meter;
    const allowance = { weight: limits.weight, cost: limits.renderCost, limits };
    try {
      return this.renderValue(template, { scope, allowance, depth: 0 });
    } catch (error) {
      throw asExpressionError(error, typeof template === 'string' ? template : '{{ … }}');
    }
  }

  private renderValue(template: Json, rendering: Rendering): Json {
    const { allowance, depth } = rendering;
    if (typeof template === 'string' && template.includes('{{')) return this.renderText(template, rendering);
    if (typeof template !== 'object' || template === null) return plainJson(template, allowance);
    if (depth >= allowance.limits.valueDepth) throw valueTooDeep();
    const inner = { ...rendering, depth: depth + 1 };
    if (Array.isArray(template)) return template.map((item) => this.renderValue(item, inner));
    return plainObject(template, allowance, (value) => this.renderValue(value as Json, inner));
  }

  private renderText(text: string, { scope, allowance }: Rendering): Json {
    const parts = this.partsOf(text);
    const whole = wholeExpression(parts);
    if (whole !== null) return this.run(whole, scope, allowance);
    const mixed = parts
      .map((part) => ('text' in part ? part.text : asText(this.run(part.expression, scope, allowance))))
      .join('');
    if (mixed.length > allowance.limits.stringLength) throw stringTooLong();
    return mixed;
  }

  private run(source: string, scope: JsonObject, allowance: Allowance): Json {
    const before = this.meter.spent;
    try {
      this.meter.begin(Math.min(this.meter.limits.cost, allowance.cost));
      return plainJson(this.compile(source).evaluate(scope), allowance);
    } catch (error) {
      throw asExpressionError(error, source);
    } finally {
      allowance.cost -= this.meter.spent - before;
    }
  }

  private compile(source: string): JsonataExpression {
    const known = this.compiled.get(source);
    if (known) return known;
    const expression = compileExpression(source, this.meter.limits, this.engine);
    for (const { type, value } of nodesOf(expression.ast()))
      if (type === 'variable') this.provide(expression, value as string);
    expression.assign('eval', undefined);
    watch(expression, this.meter);
    if (this.compiled.size >= MAX_CACHED) this.compiled.clear();
    this.compiled.set(source, expression);
    return expression;
  }

  // Only the functions that an expression names: to make all of them takes longer than most expressions do.
  private provide(expression: JsonataExpression, name: string): void {
    const native = this.functions(name);
    if (native) expression.assign(name, native);
  }

  private partsOf(text: string): TemplatePart[] {
    const known = this.templates.get(text);
    if (known) return known;
    const parts = parseTemplate(text);
    if (this.templates.size >= MAX_CACHED) this.templates.clear();
    this.templates.set(text, parts);
    return parts;
  }
}

function asText(value: Json): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
