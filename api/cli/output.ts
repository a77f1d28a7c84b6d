import { styleText } from 'node:util';
import { plainText, tableText, type Column } from './table.ts';
import { timeText } from './times.ts';

/** How a command speaks. */
export interface OutputOptions {
  /** For programs: JSON on standard output and nothing else there. */
  json: boolean;
  utc: boolean;
  color: boolean;
}

/** A fact and what it is called; facts that are empty are left out. */
export type Fact = [name: string, value: string | number | null | undefined];

/** What a command says: results on standard output, remarks on standard error. */
export interface Output {
  json: boolean;
  /** Prints a value as JSON on lines of their own. */
  value(value: unknown): void;
  /** Prints a value as JSON on one line, for streams. */
  jsonLine(value: unknown): void;
  /** A line for people; nothing with --json. */
  line(text?: string): void;
  /** A title for people; nothing with --json. */
  title(text: string): void;
  /** Facts, one a line, their values below each other; nothing with --json. */
  facts(facts: Fact[]): void;
  /** A table for people; nothing with --json. */
  table<Item>(items: readonly Item[], columns: readonly Column<Item>[]): void;
  /** A remark on standard error, also with --json. */
  note(text: string): void;
  time(iso: string | null | undefined): string;
}

/** Opens the output of a command. */
export function openOutput({ json, utc, color }: OutputOptions): Output {
  const { stdout, stderr } = process;
  const paint = color && stdout.isTTY === true;
  const strong = (text: string) => (paint ? styleText('bold', text, { validateStream: false }) : text);
  const cell = (text: string) => (paint ? toned(text) : text);
  const people = (text: string) => {
    if (!json) stdout.write(`${text}\n`);
  };
  return {
    json,
    value: (value) => void stdout.write(`${JSON.stringify(value, null, 2)}\n`),
    jsonLine: (value) => void stdout.write(`${JSON.stringify(value)}\n`),
    line: (text = '') => people(text),
    title: (text) => people(strong(plainText(text))),
    facts: (facts) => {
      const text = factsText(facts, strong, cell);
      if (text !== '') people(text);
    },
    table: (items, columns) =>
      people(tableText(items, columns, { width: stdout.isTTY ? stdout.columns : null, title: strong, cell })),
    note: (text) => void stderr.write(`${text}\n`),
    time: (iso) => timeText(iso, utc),
  };
}

function factsText(facts: Fact[], strong: (text: string) => string, cell: (text: string) => string): string {
  const known = facts.filter(([, value]) => value !== null && value !== undefined && value !== '');
  const width = Math.max(0, ...known.map(([name]) => name.length));
  return known
    .map(
      ([name, value]) =>
        `${strong(name)}${' '.repeat(width - name.length)}  ${cell(plainText(String(value)))}`,
    )
    .join('\n');
}

const TONES: [tone: 'green' | 'red' | 'yellow', words: RegExp][] = [
  ['green', /^(SUCCEEDED|APPROVED|DELIVERED|valid|active)$/],
  ['red', /^(FAILED|TIMED_OUT|DENIED|EXPIRED|broken)$/],
  ['yellow', /^(WAITING|PAUSED|PENDING|RETRYING|QUEUED|CANCELLED|WITHDRAWN|paused)$/],
];

/** The words of a status get their colour; everything else stays as it is. */
function toned(text: string): string {
  const tone = TONES.find(([, words]) => words.test(text))?.[0];
  return tone === undefined ? text : styleText(tone, text, { validateStream: false });
}
