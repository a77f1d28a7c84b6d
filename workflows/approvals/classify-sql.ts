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
  return highestClass(complete && statements.length > 0 ? classes : [...classes, UNKNOWN]);
}

const READS = ['SELECT', 'SHOW', 'VALUES', 'TABLE'];
const ROW_WRITES = ['INSERT', 'UPDATE', 'DELETE', 'MERGE'];

/** The classes of statements that their first word tells. */
const VERBS: [ApprovalClass | null, string[]][] = [
  [null, ['BEGIN', 'START', 'COMMIT', 'END', 'ROLLBACK', 'ABORT', 'SAVEPOINT', 'RELEASE']],
  ['A', [...ROW_WRITES, 'REFRESH', 'ANALYZE', 'VACUUM', 'COMMENT', 'NOTIFY']],
  ['C', ['DROP', 'TRUNCATE', 'ALTER', 'GRANT', 'REVOKE', 'REASSIGN', 'SECURITY', 'DO']],
];
const UNKNOWN: ApprovalClass = 'B';

function classifyStatement(words: SqlWord[]): ApprovalClass | null {
  const verb = words.find(({ text }) => text !== '(')?.text ?? '';
  if (verb === 'EXPLAIN') return classifyExplained(words);
  if (READS.includes(verb)) return has(words, ['INTO']) ? 'A' : null;
  return changesUnchosenRows(words) ? 'C' : classifyWrite(verb, words);
}

function classifyWrite(verb: string, words: SqlWord[]): ApprovalClass | null {
  if (verb === 'WITH') return has(words, [...ROW_WRITES, 'INTO']) ? 'A' : null;
  if (verb === 'CREATE') return classifyCreated(words);
  if (verb === 'COPY') return has(words, ['PROGRAM']) ? 'C' : 'A';
  const known = VERBS.find(([, verbs]) => verbs.includes(verb));
  return known ? known[0] : UNKNOWN;
}

/** EXPLAIN alone only plans; with ANALYZE it runs the statement. */
function classifyExplained(words: SqlWord[]): ApprovalClass | null {
  if (!has(words, ['ANALYZE', 'ANALYSE'])) return null;
  const begin = words.findIndex(({ text }) =>
    [...READS, ...ROW_WRITES, 'WITH', 'CREATE', 'EXECUTE', 'REFRESH'].includes(text),
  );
  return begin < 0 ? UNKNOWN : classifyStatement(words.slice(begin));
}

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

function classifyCreated(words: SqlWord[]): ApprovalClass {
  const created = words.slice(1).find(({ text }) => !ADJECTIVES.includes(text))?.text ?? '';
  if (RIGHTS.includes(created)) return 'C';
  return HARMLESS_TO_CREATE.includes(created) ? 'A' : UNKNOWN;
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

function has(words: SqlWord[], wanted: string[]): boolean {
  return words.some(({ text }) => wanted.includes(text));
}
