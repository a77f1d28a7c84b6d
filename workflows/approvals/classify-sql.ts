import { highestClass } from './highest-class.ts';
import type { ApprovalClass } from './model.ts';
import { sqlStatements, type SqlWord } from './sql-words.ts';

/**
 * The class of what an SQL text does, by its words: null for reading, A for writes to chosen rows and for new things,
 * C for what destroys or permits beyond a filter, B for what is not known here. Several statements have the highest
 * class among them. A function called by a SELECT is not looked into: give such a connection `readOnly`.
 */
export function classifySql(sql: string): ApprovalClass | null {
  const { statements, complete } = sqlStatements(sql);
  const classes = statements.map(classifyStatement);
  // An open quote or comment hides the rest of the text.
  return highestClass(complete && statements.length > 0 ? classes : [...classes, 'B']);
}

const READS = ['SELECT', 'SHOW', 'VALUES', 'TABLE'];
const TRANSACTION_WORDS = ['BEGIN', 'START', 'COMMIT', 'END', 'ROLLBACK', 'ABORT', 'SAVEPOINT', 'RELEASE'];
const ROW_WRITES = ['INSERT', 'UPDATE', 'DELETE', 'MERGE'];
const OTHER_WRITES = ['REFRESH', 'ANALYZE', 'VACUUM', 'COMMENT', 'NOTIFY', 'COPY'];
const DESTROYS = ['DROP', 'TRUNCATE', 'ALTER', 'GRANT', 'REVOKE', 'REASSIGN', 'SECURITY', 'DO'];
const HARMLESS_TO_CREATE = ['TABLE', 'INDEX', 'VIEW', 'SEQUENCE', 'SCHEMA', 'TYPE', 'STATISTICS'];
const RIGHTS = ['ROLE', 'USER', 'GROUP'];
/** Words between CREATE and what is created. */
const ADJECTIVES = [
  'TEMP',
  'TEMPORARY',
  'LOCAL',
  'GLOBAL',
  'UNLOGGED',
  'UNIQUE',
  'MATERIALIZED',
  'RECURSIVE',
];

function classifyStatement(words: SqlWord[]): ApprovalClass | null {
  const first = words.find(({ text }) => text !== '(')?.text ?? '';
  if (DESTROYS.includes(first)) return 'C';
  if (TRANSACTION_WORDS.includes(first)) return null;
  if (READS.includes(first)) return has(words, 'INTO') ? 'A' : null;
  if (first === 'EXPLAIN') return classifyExplained(words);
  if (changesUnchosenRows(words)) return 'C';
  if (first === 'WITH') return [...ROW_WRITES, 'INTO'].some((word) => has(words, word)) ? 'A' : null;
  if (first === 'CREATE') return classifyCreated(words);
  if (first === 'COPY' && has(words, 'PROGRAM')) return 'C';
  return ROW_WRITES.includes(first) || OTHER_WRITES.includes(first) ? 'A' : 'B';
}

/** EXPLAIN alone only plans; with ANALYZE it runs the statement. */
function classifyExplained(words: SqlWord[]): ApprovalClass | null {
  if (!has(words, 'ANALYZE') && !has(words, 'ANALYSE')) return null;
  const begin = words.findIndex(({ text }) =>
    [...READS, ...ROW_WRITES, 'WITH', 'CREATE', 'EXECUTE', 'REFRESH'].includes(text),
  );
  return begin < 0 ? 'B' : classifyStatement(words.slice(begin));
}

function classifyCreated(words: SqlWord[]): ApprovalClass {
  const created = words.slice(1).find(({ text }) => !ADJECTIVES.includes(text))?.text ?? '';
  if (RIGHTS.includes(created)) return 'C';
  return HARMLESS_TO_CREATE.includes(created) ? 'A' : 'B';
}

/** True when an UPDATE or DELETE, in a WITH or by itself, has no WHERE of its own or one that is always true. */
function changesUnchosenRows(words: SqlWord[]): boolean {
  return words.some(({ text }, i) => {
    if ((text !== 'UPDATE' && text !== 'DELETE') || !beginsStatement(words, i)) return false;
    const own = ownWords(words, i);
    const where = own.findIndex((word) => word.text === 'WHERE');
    return where < 0 || isAlwaysTrue(own.slice(where + 1).map((word) => word.text));
  });
}

/** True for a word that is a verb and not part of `FOR UPDATE`, `ON DELETE`, `DO UPDATE` or `THEN DELETE`. */
function beginsStatement(words: SqlWord[], i: number): boolean {
  const before = words[i - 1]?.text;
  return before === undefined || before === '(' || before === ')';
}

/** The words of a statement that begins at `i`, without what stands in parentheses inside it. */
function ownWords(words: SqlWord[], i: number): SqlWord[] {
  const depth = words[i]?.depth ?? 0;
  const rest = words.slice(i + 1);
  const end = rest.findIndex((word) => word.depth < depth);
  return rest.slice(0, end < 0 ? undefined : end).filter((word) => word.depth === depth);
}

function isAlwaysTrue(words: string[]): boolean {
  const condition = words.slice(0, words.includes('RETURNING') ? words.indexOf('RETURNING') : undefined);
  const [left, sign, right] = condition;
  if (condition.length === 1) return left === 'TRUE';
  return condition.length === 3 && sign === '=' && left === right;
}

function has(words: SqlWord[], word: string): boolean {
  return words.some(({ text }) => text === word);
}
