/** A word or sign of SQL outside quotes and comments, in capitals. A quoted name is `"`, a quoted text `'`. */
export interface SqlWord {
  text: string;
  /** How many parentheses are open around it. */
  depth: number;
}

/** What an SQL text consists of. `complete` is false when a quote or comment never ends. */
export interface SqlText {
  statements: SqlWord[][];
  complete: boolean;
}

// Sticky: each match begins exactly where `matchEnd` says, so nothing is kept between two calls.
const SPACE = /\s+/y;
const LINE_COMMENT = /--[^\n\r]*/y;
const ESCAPE_TEXT = /[eE]'(?:[^'\\]|\\[^]|'')*'/y;
const PLAIN_TEXT = /(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*'/y;
const QUOTED_NAME = /(?:[uU]&)?"(?:[^"]|"")*"/y;
const DOLLAR_QUOTE = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy;
const WORD = /[\p{L}_][\p{L}\p{N}_$]*|\$?\d[\w.]*/uy;

/** Splits SQL into statements of words, as PostgreSQL reads it: quotes, dollar quotes and comments are not words. */
export function sqlStatements(sql: string): SqlText {
  const statements: SqlWord[][] = [[]];
  let depth = 0;
  let complete = true;
  for (let at = 0; at < sql.length;) {
    const token = tokenAt(sql, at);
    at = token.end;
    complete &&= token.end <= sql.length;
    if (token.text === ')') depth = Math.max(0, depth - 1);
    if (token.text === ';') [depth] = [0, statements.push([])];
    else if (token.text !== '') statements.at(-1)?.push({ text: token.text, depth });
    if (token.text === '(') depth++;
  }
  return { statements: statements.filter((words) => words.length > 0), complete };
}

/** What stands at a place, and where it ends; past the end of the text when it never does. */
interface Token {
  text: string;
  end: number;
}

function tokenAt(sql: string, at: number): Token {
  const blank = matchEnd(SPACE, sql, at) ?? matchEnd(LINE_COMMENT, sql, at);
  if (blank !== null) return { text: '', end: blank };
  if (sql.startsWith('/*', at)) return { text: '', end: commentEnd(sql, at) };
  const text = matchEnd(ESCAPE_TEXT, sql, at) ?? matchEnd(PLAIN_TEXT, sql, at);
  if (text !== null) return { text: "'", end: text };
  const name = matchEnd(QUOTED_NAME, sql, at);
  if (name !== null) return { text: '"', end: name };
  const quote = matchEnd(DOLLAR_QUOTE, sql, at);
  if (quote !== null) return { text: "'", end: dollarEnd(sql, at, quote) };
  const word = matchEnd(WORD, sql, at);
  if (word !== null) return { text: sql.slice(at, word).toUpperCase(), end: word };
  const sign = sql.charAt(at);
  return { text: sign, end: sign === "'" || sign === '"' ? sql.length + 1 : at + 1 };
}

function matchEnd(form: RegExp, text: string, at: number): number | null {
  form.lastIndex = at;
  const match = form.exec(text);
  return match ? at + match[0].length : null;
}

/** PostgreSQL's comments nest. */
function commentEnd(sql: string, begin: number): number {
  let open = 0;
  for (let at = begin; at < sql.length; at++) {
    if (sql.startsWith('/*', at)) [open, at] = [open + 1, at + 1];
    else if (sql.startsWith('*/', at)) [open, at] = [open - 1, at + 1];
    if (open === 0) return at + 1;
  }
  return sql.length + 1;
}

function dollarEnd(sql: string, begin: number, quoteEnd: number): number {
  const close = sql.indexOf(sql.slice(begin, quoteEnd), quoteEnd);
  return close < 0 ? sql.length + 1 : close + quoteEnd - begin;
}
