import type { WorkflowId } from '../ids.ts';
import { sha256Hex } from '../sha256.ts';
import type { RunError } from './model.ts';

/** Why a run failed, as far as two failures are told apart by it. */
export interface Failure {
  workflowId: WorkflowId;
  error: Pick<RunError, 'code' | 'stepId' | 'message'>;
}

/**
 * Equal for runs of one workflow that failed for one reason, whatever they were working on: SHA-256 (hex) of workflow,
 * code, step (by its id, so that the items of a loop count as one) and message without what differs by run.
 */
export function failureFingerprint({ workflowId, error }: Failure): string {
  const { code, stepId, message } = error;
  return sha256Hex(JSON.stringify(['failure', workflowId, code, stepId, reasonOf({ code, message })]));
}

/** More of a message tells nothing new: characters before and after values are taken out. */
const LIMITS = { read: 4_000, kept: 300 };

/**
 * A message without what differs by run: quoted values, addresses, ids, dates and numbers become a mark each. The
 * status of an HTTP answer stays, since it is the reason.
 */
export function reasonOf({ code, message }: Pick<RunError, 'code' | 'message'>): string {
  const status = code === 'HTTP_STATUS' ? (HTTP_STATUS.exec(message)?.[1] ?? '') : '';
  const plain = MARKS.reduce(
    (text, [pattern, mark]) => text.replace(pattern, mark),
    message.slice(0, LIMITS.read),
  );
  return `${status} ${plain.replace(/\s+/g, ' ')}`.trim().slice(0, LIMITS.kept);
}

const HTTP_STATUS = /\b([1-5]\d\d)\b/;

/** In this order: what was marked by one line is no longer there for the next. No pattern looks back into itself. */
const MARKS: readonly (readonly [RegExp, string])[] = [
  [/"[^"\n]*"|“[^”\n]*”|`[^`\n]*`|«[^»\n]*»/g, '<value>'],
  // An apostrophe inside a word opens no quote.
  [/(?<![\p{L}\d])'[^'\n]*'(?![\p{L}\d])/gu, '<value>'],
  [/\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s<>)\]]+/gi, '<address>'],
  [/[\p{L}\d._%+-]{1,64}@[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63})+/gu, '<address>'],
  [/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi, '<id>'],
  [/\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:Z|[+-]\d\d:?\d\d))?)?/g, '<time>'],
  [/\b\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\b/g, '<time>'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b/g, '<address>'],
  [/\[?\b[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){3,7}\b\]?(?::\d{1,5})?/gi, '<address>'],
  [/(?<![\p{L}\d._-])[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63})*:\d{1,5}\b/gu, '<address>'],
  // A host's name, not what an expression reads.
  [
    /(?<![\p{L}\d.-])(?!(?:steps|input|run|error)\.)[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63})*\.[a-z]{2,24}(?![\p{L}\d-])/giu,
    '<address>',
  ],
  // A word of letters and digits of some length: `ch_3NabcD`, `a81f09cc`. Shorter ones, such as `utf8`, are words.
  [/(?<![\p{L}\d_-])(?=[\p{L}_-]*\d)(?=[\d_-]*\p{L})[\p{L}\d_-]{6,}(?![\p{L}\d_-])/gu, '<id>'],
  [/[+-]?\d+(?:[.,']\d+)*(?:e[+-]?\d+)?/gi, '<number>'],
];
