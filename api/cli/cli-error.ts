import { ClientError } from '../client/index.ts';

/** What the command line itself refuses, with what to do about it. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly reason: string;
  readonly advice: string;

  constructor(reason: string, message: string, advice = '') {
    super(message);
    this.reason = reason;
    this.advice = advice;
  }
}

/** The command was called in a way that makes no sense: exit code 2. */
export class UsageError extends CliError {}

/** How a command ended. 0: done. 1: refused, failed or not valid. 2: called in a wrong way. 130: ended with Ctrl-C. */
export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** The exit code for an error. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof Error && error.name === 'AbortError') return EXIT.interrupted;
  return error instanceof UsageError ? EXIT.usage : EXIT.failed;
}

/** An error for programs: the same keys whatever went wrong. */
export function errorForPrograms(error: unknown) {
  const { code, reason, message, requestId, details, advice } = explain(error);
  return { error: { code, reason, message, advice: advice || null, requestId, details } };
}

/** An error for people: what happened, its code and the id of the request, and what to do. */
export function errorForPeople(error: unknown): string {
  const { code, reason, message, requestId, advice } = explain(error);
  const facts = [`${code} (${reason})`, ...(requestId === null ? [] : [`request ${requestId}`])];
  return [`Error: ${message}`, `  ${facts.join(', ')}`, ...(advice ? [`  ${advice}`] : [])].join('\n');
}

function explain(error: unknown) {
  if (error instanceof ClientError) {
    const { code, reason, message, requestId, details } = error;
    if (isUnknownField(error)) return { ...OLDER_SERVER, requestId, details };
    return { code, reason, message, requestId, details, advice: adviceFor(error) };
  }
  const code = error instanceof UsageError ? 'USAGE' : 'CLI';
  const nothing = { requestId: null, details: null };
  if (error instanceof CliError)
    return { code, reason: error.reason, message: error.message, advice: error.advice, ...nothing };
  const message = error instanceof Error ? error.message : String(error);
  return { code, reason: 'unexpected', message, advice: '', ...nothing };
}

const OLDER_SERVER = {
  code: 'INVALID',
  reason: 'server_too_old',
  message: 'This server does not know what the command asks for.',
  advice: 'It runs another version of Levqor than this command line. Update the older of the two.',
} as const;

function isUnknownField({ code, message }: ClientError): boolean {
  return (
    code === 'INVALID' &&
    /^(Cannot query field|Unknown argument|Unknown type|Field "\w+" is not defined by type)/.test(message)
  );
}

const ADVICE_BY_REASON: Record<string, string> = {
  draft_changed: 'Look at both ("levqor diff"), or save over it with --force.',
  no_answer: 'Check the address and that the platform runs ("npm start" on this machine).',
};

const ADVICE_BY_CODE: Partial<Record<ClientError['code'], string>> = {
  UNAUTHENTICATED: 'Sign in with "levqor login".',
  FORBIDDEN: 'Your key may not do this; "levqor whoami" shows what it may. Ask an owner for another role.',
  NOT_FOUND: 'Check the name or the id; lists show them ("levqor workflows", "levqor runs").',
  LIMIT_EXCEEDED: 'Ask for less, or wait a little and try again.',
  INTERNAL: 'Try again in a minute. If it stays, tell the operator the id of the request.',
};

function adviceFor({ code, reason }: ClientError): string {
  return ADVICE_BY_REASON[reason] ?? ADVICE_BY_CODE[code] ?? '';
}
