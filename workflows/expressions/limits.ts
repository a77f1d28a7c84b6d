/** What one expression, or one template, may use. All are counted, never timed, so that a replay counts the same. */
export interface ExpressionLimits {
  /** Characters of an expression's source. */
  sourceLength: number;
  /** Characters of a regular expression. */
  regexLength: number;
  /** How deep the brackets, operators and calls of a source may nest. */
  sourceDepth: number;
  /** Cost units of one expression: about one a node that is evaluated, and more for large values. */
  cost: number;
  /** Cost units of all the expressions of one `render`. */
  renderCost: number;
  /** Nested evaluations, which bounds recursion. */
  callDepth: number;
  /** Elements of a list that an expression makes. */
  sequenceLength: number;
  /** Characters of a string that an expression makes. */
  stringLength: number;
  /** Weight (see `weigh`) of a value that an expression makes, and of a whole rendered template. */
  weight: number;
  /** Levels of nesting of a value that an expression makes. */
  valueDepth: number;
}

export const EXPRESSION_LIMITS: Readonly<ExpressionLimits> = {
  sourceLength: 8_192,
  regexLength: 200,
  sourceDepth: 400,
  cost: 100_000,
  renderCost: 200_000,
  callDepth: 300,
  sequenceLength: 10_000,
  stringLength: 262_144,
  weight: 1_000_000,
  valueDepth: 100,
};
