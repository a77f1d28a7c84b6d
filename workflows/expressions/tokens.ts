/** A piece of JSONata source, from `start` up to `end`. */
export interface Token {
  kind: 'space' | 'comment' | 'string' | 'quotedName' | 'regex' | 'number' | 'word' | 'symbol';
  start: number;
  end: number;
}

// The characters that end a name in jsonata's own tokenizer.
const SYMBOLS = '.[]{}(),@#;:?+-*/%|=<>^&!~';
const LONG_SYMBOLS = ['..', ':=', '!=', '>=', '<=', '**', '~>', '?:', '??'];
const SPACES = ' \t\n\r\v';
const NUMBER = /(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[Ee][-+]?[0-9]+)?/y;
const WORD_OPERATORS = ['and', 'or', 'in'];

/**
 * The token that begins at `at`. `previous` is the last token that was not space or comment: it tells whether
 * a slash divides or begins a regular expression.
 */
export function tokenAt(text: string, at: number, previous: Token | null): Token {
  const char = text.charAt(at);
  const next = text.charAt(at + 1);
  if (SPACES.includes(char)) return token('space', at, at + 1);
  const kind = delimitedKind(char, next);
  if (kind) return token(kind, at, endOfDelimited(text, at, kind));
  if (char === '/' && !endsOperand(text, previous)) {
    const end = endOfRegex(text, at + 1);
    if (end > 0) return token('regex', at, end);
  }
  if (LONG_SYMBOLS.includes(char + next)) return token('symbol', at, at + 2);
  if (SYMBOLS.includes(char)) return token('symbol', at, at + 1);
  NUMBER.lastIndex = at;
  const number = NUMBER.exec(text);
  if (number) return token('number', at, at + number[0].length);
  return token('word', at, endOfWord(text, at));
}

/** True for tokens that join two operands. */
export function isOperator(text: string, { kind, start, end }: Token): boolean {
  return kind === 'symbol' || (kind === 'word' && WORD_OPERATORS.includes(text.slice(start, end)));
}

function token(kind: Token['kind'], start: number, end: number): Token {
  return { kind, start, end };
}

type Delimited = 'comment' | 'string' | 'quotedName';

function delimitedKind(char: string, next: string): Delimited | null {
  if (char === '/' && next === '*') return 'comment';
  if (char === '"' || char === "'") return 'string';
  return char === '`' ? 'quotedName' : null;
}

/** After the closing delimiter, or the end of the text when there is none. */
function endOfDelimited(text: string, start: number, kind: Delimited): number {
  if (kind === 'string') return endOfString(text, start);
  const closing = kind === 'comment' ? '*/' : '`';
  const at = text.indexOf(closing, start + closing.length);
  return at < 0 ? text.length : at + closing.length;
}

function endOfString(text: string, start: number): number {
  const quote = text.charAt(start);
  for (let at = start + 1; at < text.length; at++) {
    if (text.charAt(at) === '\\') at++;
    else if (text.charAt(at) === quote) return at + 1;
  }
  return text.length;
}

function endOfWord(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && !SYMBOLS.includes(text.charAt(end)) && !SPACES.includes(text.charAt(end)))
    end++;
  return end;
}

function endsOperand(text: string, previous: Token | null): boolean {
  if (previous === null) return false;
  if (previous.kind === 'symbol') return ')]}'.includes(text.slice(previous.start, previous.end));
  return !isOperator(text, previous);
}

/** As jsonata finds it: the first slash that is neither escaped nor inside brackets; then the flags. */
function endOfRegex(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\\') at++;
    else if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) depth--;
    else if (char === '/' && depth === 0) return endOfFlags(text, at + 1);
  }
  return -1;
}

function endOfFlags(text: string, start: number): number {
  let end = start;
  while (text.charAt(end) === 'i' || text.charAt(end) === 'm') end++;
  return end;
}
