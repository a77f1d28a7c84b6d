import { setTimeout as pause } from 'node:timers/promises';
import { isAlive } from '../../server-process.ts';
import type { OwnProcess } from '../testing/own-process.ts';

const LOOK_MS = 250;

/**
 * One of our processes with somebody who starts it again when it has ended, as in production. It runs already when this
 * is made. `say` is told when it ends by itself, with its last lines.
 */
export class Supervised {
  /** How often it was started, and how often it ended although nobody had killed it here. */
  starts = 1;
  endedByItself = 0;
  readonly #own: OwnProcess;
  readonly #say: (line: string) => void;
  readonly #watching: Promise<void>;
  #readySince: number | null = Date.now();
  #stopped = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(own: OwnProcess, say: (line: string) => void) {
    this.#own = own;
    this.#say = say;
    this.#watching = this.#watch();
  }

  /** Resolves when it has been ready for so many milliseconds, or when `signal` says so. */
  async readyFor(ms: number, signal: AbortSignal): Promise<void> {
    const isRipe = () => this.#readySince !== null && Date.now() - this.#readySince >= ms;
    while (!signal.aborted && !isRipe()) await pause(LOOK_MS);
  }

  /** SIGKILL; it is started again at once. Resolves when it is dead. */
  async kill(): Promise<void> {
    const dead = this.#inTurn(() => this.#end());
    void this.#inTurn(() => this.#start());
    return dead;
  }

  /** Watches no longer, once it is ready again. The process goes on. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#watching;
    await this.#inTurn(() => this.#look());
  }

  // One thing at a time: a kill waits for the start before it.
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work, work);
    this.#last = mine;
    return mine;
  }

  async #end(): Promise<void> {
    this.#readySince = null;
    await this.#own.kill();
  }

  async #start(): Promise<void> {
    this.starts += 1;
    try {
      await this.#own.start();
      this.#readySince = Date.now();
    } catch (error) {
      this.#say(`a start failed: ${String(error).slice(0, 300)}`);
      await this.#own.kill();
    }
  }

  async #look(): Promise<void> {
    if (this.#readySince !== null && isAlive(this.#own.pid)) return;
    if (this.#readySince !== null) {
      this.endedByItself += 1;
      this.#say(`a process ended by itself:\n${this.#own.lines.slice(-5).join('\n')}`);
    }
    await this.#end();
    await this.#start();
  }

  async #watch(): Promise<void> {
    while (!this.#stopped) {
      await this.#inTurn(() => this.#look());
      await pause(LOOK_MS);
    }
  }
}
