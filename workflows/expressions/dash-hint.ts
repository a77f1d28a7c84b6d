import { tokenAt, type Token } from './tokens.ts';

const DASHED_STEP = /(?<![\w.$])(?:\$\$?\s*\.\s*)?steps\s*\.\s*([a-zA-Z][a-zA-Z0-9]*(?:-[a-zA-Z0-9]+)+)/;

/**
 * Advice when a source says `steps.give-up`, which JSONata reads as a subtraction: how to write it. Else null.
 * Only a hint, since `steps.total-tax` may be meant.
 */
export function dashHint(source: string): string | null {
  const id = DASHED_STEP.exec(withoutTexts(source))?.[1];
  return id === undefined ? null : `A step id with a dash needs backticks: steps.\`${id}\``;
}

function withoutTexts(source: string): string {
  let kept = '';
  let previous: Token | null = null;
  for (let at = 0; at < source.length;) {
    const token = tokenAt(source, at, previous);
    const isText = token.kind === 'string' || token.kind === 'regex' || token.kind === 'quotedName';
    if (isText) kept += '""';
    else if (token.kind !== 'comment' && token.kind !== 'space') kept += source.slice(at, token.end);
    else kept += ' ';
    if (token.kind !== 'space' && token.kind !== 'comment') previous = token;
    at = token.end;
  }
  return kept;
}
