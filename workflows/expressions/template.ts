import { ExpressionError, wrong } from './expression-error.ts';
import { tokenAt, type Token } from './tokens.ts';

/** Literal text, or the source between `{{` and `}}` (trimmed) with the offset in the text where it begins. */
export type TemplatePart = { text: string } | { expression: string; offset: number };

/**
 * Splits text into literal text and expressions. Braces inside strings, quoted names, comments, regular
 * expressions and nested braces of an expression do not end it.
 * Throws ExpressionError (`unclosed`) when a `{{` has no `}}`.
 */
export function parseTemplate(text: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('{{', at);
    if (open < 0) break;
    if (open > at) parts.push({ text: text.slice(at, open) });
    const close = endOfExpression(text, open + 2);
    const inner = text.slice(open + 2, close);
    parts.push({ expression: inner.trim(), offset: open + 2 + (inner.length - inner.trimStart().length) });
    at = close + 2;
  }
  if (at < text.length) parts.push({ text: text.slice(at) });
  return parts;
}

/** True when the text is one `{{ expression }}` and nothing else but space: its value keeps its type. */
export function isWholeExpression(text: string): boolean {
  return text.includes('{{') && wholeExpression(parseTemplate(text)) !== null;
}

/** The source of the only expression of a template that has no text around it, else null. */
export function wholeExpression(parts: TemplatePart[]): string | null {
  const solid = parts.filter((part) => 'expression' in part || part.text.trim() !== '');
  const [only] = solid;
  return solid.length === 1 && only && 'expression' in only ? only.expression : null;
}

function endOfExpression(text: string, start: number): number {
  let depth = 0;
  let previous: Token | null = null;
  for (let at = start; at < text.length;) {
    const char = text.charAt(at);
    if (char === '}' && depth === 0 && text.charAt(at + 1) === '}') return at;
    const token = tokenAt(text, at, previous);
    if (char === '{' && token.kind === 'symbol') depth++;
    if (char === '}' && depth > 0) depth--;
    if (token.kind !== 'space' && token.kind !== 'comment') previous = token;
    at = token.end;
  }
  throw new ExpressionError(
    wrong('unclosed', 'begins with {{ but has no closing }}.'),
    text.slice(start - 2),
  );
}
