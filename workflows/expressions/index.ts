export { dashHint } from './dash-hint.ts';
export { ExpressionError, type ExpressionErrorCode } from './expression-error.ts';
export { checkExpression, type ExpressionFacts } from './expression-facts.ts';
export { createExpressions, type Expressions } from './expressions.ts';
export { EXPRESSION_LIMITS, type ExpressionLimits } from './limits.ts';
export { isWholeExpression, parseTemplate, type TemplatePart } from './template.ts';
export { weigh } from './weigh.ts';
