// The types of generated/jsonata.js, which has no declaration of its own. Only what this folder uses.

/** A node of jsonata's syntax tree. Which fields it has depends on its type. */
export interface AstNode {
  type: string;
  value?: unknown;
  position?: number;
  /** path */
  steps?: AstNode[];
  /** block, array */
  expressions?: AstNode[];
  /** function, partial; of a lambda its parameters */
  arguments?: AstNode[];
  procedure?: AstNode;
  /** lambda */
  body?: AstNode;
  signature?: unknown;
  thunk?: boolean;
  /** binary, bind, apply: a node; object constructor: pairs of key and value */
  lhs?: AstNode | [AstNode, AstNode][];
  rhs?: AstNode;
  /** unary minus */
  expression?: AstNode;
  condition?: AstNode;
  then?: AstNode;
  else?: AstNode;
  /** transform */
  pattern?: AstNode;
  update?: AstNode;
  delete?: AstNode;
  /** sort step */
  terms?: { expression: AstNode }[];
  group?: { lhs: [AstNode, AstNode][] };
  predicate?: { type: string; expr?: AstNode }[];
  stages?: { type: string; expr?: AstNode }[];
  /** Name of the variable bound by `@$name`. */
  focus?: string;
}

/** What `this` is inside a native function. */
export interface Focus {
  environment: { timestamp: Date };
  createSequence(): unknown[];
}
export type NativeImplementation = (this: Focus, ...args: unknown[]) => unknown;

/** A native function as jsonata holds it. */
export interface NativeFunction {
  _jsonata_function: true;
  implementation: NativeImplementation;
  signature?: unknown;
  arity?: number;
}

/** Stands in for a RegExp inside jsonata. */
export interface RegexEngine {
  lastIndex: number;
  exec(text: string): RegexMatch | null;
}
export type RegexMatch = (string | undefined)[] & { index: number };

/** What jsonata throws. */
export interface JsonataFailure {
  code?: string;
  message?: string;
  position?: number;
}

export type RegexEngineClass = new (regex: { source: string; flags: string }) => RegexEngine;

export interface JsonataOptions {
  /** Needed only to evaluate. */
  RegexEngine?: RegexEngineClass;
  stack: number;
  sequence: number;
}

export interface JsonataExpression {
  ast(): AstNode;
  assign(name: string | symbol, value: unknown): void;
  evaluate(input: unknown): unknown;
}

/** Compiles a source. Throws a {@link JsonataFailure} where its syntax is wrong. @public Used by the generated build. */
export type Jsonata = (source: string, options?: JsonataOptions) => JsonataExpression;
