import { pino, type Logger } from 'pino';
import pretty from 'pino-pretty';

/** A structured logger. Bind ids with `child({ requestId, tenantId, runId })`. */
export type Log = Logger;

export interface LogSettings {
  level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Lines for people in a terminal; JSON lines otherwise. */
  pretty: boolean;
}

/** Makes the logger of a process, writing to standard output or to `sink`. What looks like a secret is removed. */
export function createLogger(settings: LogSettings, sink?: { write(line: string): void }): Log {
  const options = {
    level: settings.level,
    base: null,
    // Errors are read by `redact`; pino's own serializer would run after it and take them for something else.
    serializers: { err: (error: unknown) => error },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (fields: object) => redact(fields, 0) as Record<string, unknown>,
    },
  };
  if (sink) return pino(options, sink);
  if (!settings.pretty) return pino(options);
  return pino(options, pretty({ colorize: true, translateTime: 'HH:MM:ss', sync: true }));
}

const SECRET_KEY =
  /authorization|cookie|passw(or)?d|passphrase|token|secret|credential|api[-_]?key|private[-_]?key|encryption[-_]?key|(database|connection)[-_]?(url|string)|bearer/i;
const SECRET_TEXT: [RegExp, string][] = [
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, '$1 [redacted]'],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s@/]+@/gi, '$1:[redacted]@'],
];
const MAX_DEPTH = 6;

/** A copy without secrets: by the name of a field, and by the look of a text. */
function redact(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth > MAX_DEPTH) return '[deeper]';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  const fields = value instanceof Error ? errorFields(value) : Object.entries(value);
  return Object.fromEntries(
    fields.map(([key, field]) => [key, SECRET_KEY.test(key) ? '[redacted]' : redact(field, depth + 1)]),
  );
}

/** A text without passwords in addresses and without credentials of HTTP headers. */
function redactText(text: string): string {
  return SECRET_TEXT.reduce((cleaned, [pattern, replacement]) => cleaned.replace(pattern, replacement), text);
}

// The fields of an error that are not its own properties come first; a database error brings its code and more.
function errorFields(error: Error): [string, unknown][] {
  const named = { type: error.name, message: error.message, stack: error.stack, cause: error.cause };
  return Object.entries({ ...named, ...error }).filter(([, field]) => field !== undefined);
}
