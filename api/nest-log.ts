import type { LoggerService } from '@nestjs/common';
import type { Log } from '../activities/log.ts';

/** Nest's own messages in our log. */
export class NestLog implements LoggerService {
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  log(message: unknown): void {
    this.#log.debug({ nest: String(message) }, 'Nest');
  }

  warn(message: unknown): void {
    this.#log.warn({ nest: String(message) }, 'Nest warns');
  }

  // Nest tells of each error that a resolver throws, refusals included. `errors.ts` has logged those that matter.
  error(message: unknown, ...more: unknown[]): void {
    if (more.at(-1) === 'ExceptionsHandler') return;
    this.#log.error({ nest: String(message) }, 'Nest reports an error');
  }

  fatal(message: unknown): void {
    this.#log.fatal({ nest: String(message) }, 'Nest cannot go on');
  }
}
