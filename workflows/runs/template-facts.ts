import { parseTemplate, type ExpressionFacts } from '../expressions/index.ts';
import { isJsonObject, type Json } from '../json.ts';

/** What a template reads: nothing (a constant), or these steps and root names. */
export interface TemplateFacts {
  constant: boolean;
  steps: ReadonlySet<string> | 'all';
  roots: ReadonlySet<string> | 'all';
  /** Set when the template is nothing but the output of one step. */
  outputOf: string | null;
}

const CONSTANT: TemplateFacts = { constant: true, steps: new Set(), roots: new Set(), outputOf: null };
const OUTPUT_ALONE = /^\s*\{\{\s*steps\.([A-Za-z][A-Za-z0-9]*)\.output\s*\}\}\s*$/;

/**
 * Finds out what the expressions in a template read, of each of which `factsOf` tells. Throws what that throws.
 */
export function templateFacts(
  template: Json,
  factsOf: (expression: string) => ExpressionFacts,
): TemplateFacts {
  const expressions: string[] = [];
  collectExpressions(template, expressions);
  if (expressions.length === 0) return CONSTANT;

  const steps = new Set<string>();
  const roots = new Set<string>();
  let everything = false;
  for (const expression of expressions) {
    const facts = factsOf(expression);
    if (facts.steps === 'all' || facts.usesContextRoot) everything = true;
    else for (const id of facts.steps) steps.add(id);
    for (const root of facts.roots) roots.add(root);
  }
  const outputOf = typeof template === 'string' ? (OUTPUT_ALONE.exec(template)?.[1] ?? null) : null;
  return { constant: false, steps: everything ? 'all' : steps, roots: everything ? 'all' : roots, outputOf };
}

function collectExpressions(template: Json, into: string[]): void {
  if (typeof template === 'string') {
    if (!template.includes('{{')) return;
    for (const part of parseTemplate(template)) if ('expression' in part) into.push(part.expression);
  } else if (Array.isArray(template)) {
    for (const item of template) collectExpressions(item, into);
  } else if (isJsonObject(template)) {
    for (const item of Object.values(template)) collectExpressions(item, into);
  }
}
