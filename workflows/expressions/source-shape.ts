import { tooMuch } from './expression-error.ts';
import type { ExpressionLimits } from './limits.ts';
import { isOperator, tokenAt, type Token } from './tokens.ts';

/** How often the defaults operators may stand inside each other's left side; each copies that side. */
const MAX_DOUBLING = 4;
const OPENING = '([{';
const CLOSING = ')]}';

/** One open bracket: how deep its current element may nest, and how often that is copied. */
interface Level {
  operators: number;
  inner: number;
  doubling: number;
}

/**
 * Refuses a source that is too long, or that could nest deeper than a compiler without limits of its own can
 * take: each operator of an element counts as one level, which is never too few.
 */
export function checkSource(source: string, limits: ExpressionLimits): void {
  if (source.length > limits.sourceLength) {
    throw tooMuch('source_too_long', `is longer than ${limits.sourceLength} characters.`);
  }
  const levels: Level[] = [newLevel()];
  let depth = 0;
  let previous: Token | null = null;
  for (let at = 0; at < source.length;) {
    const token = tokenAt(source, at, previous);
    at = token.end;
    if (token.kind === 'space' || token.kind === 'comment') continue;
    previous = token;
    if (token.kind === 'regex' && token.end - token.start > limits.regexLength) {
      throw tooMuch(
        'regex_too_long',
        `has a regular expression longer than ${limits.regexLength} characters.`,
      );
    }
    if (!isOperator(source, token)) continue;
    depth += step(levels, source.slice(token.start, token.end));
    if (depth > limits.sourceDepth)
      throw tooMuch('source_too_deep', 'nests too deeply. Split it into steps.');
  }
}

/** Takes one operator into account and returns by how much the depth changed. */
function step(levels: Level[], operator: string): number {
  const level = levels.at(-1) ?? newLevel();
  if (OPENING.includes(operator)) {
    levels.push(newLevel());
    return 1;
  }
  if (CLOSING.includes(operator) && levels.length > 1) {
    levels.pop();
    const parent = levels.at(-1) ?? newLevel();
    parent.inner = Math.max(parent.inner, level.doubling, level.inner);
    // The bracket stays as one operator of the element around it: calls and filters can follow each other.
    parent.operators += 1;
    return -level.operators;
  }
  if (operator === ',' || operator === ';') {
    const change = -level.operators;
    level.operators = 0;
    level.doubling = Math.max(level.doubling, level.inner);
    level.inner = 0;
    return change;
  }
  if (operator === '??' || operator === '?:') checkDoubling(level);
  level.operators += 1;
  return 1;
}

function checkDoubling(level: Level): void {
  level.doubling = Math.max(level.doubling, level.inner + 1);
  if (level.doubling > MAX_DOUBLING) {
    throw tooMuch('source_too_deep', 'nests too many defaults (?? or ?:). Split it into steps.');
  }
}

function newLevel(): Level {
  return { operators: 0, inner: 0, doubling: 0 };
}
