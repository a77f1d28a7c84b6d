import { setTimeout as pause } from 'node:timers/promises';
import { paint, say } from './terminal.ts';

/** A process that runs. */
export interface RunningPart {
  pid: number;
  /** Resolves when the process has ended, for whatever reason. */
  exited: Promise<void>;
  stop(): Promise<void>;
  /** What it wrote in plain words at its end; null when that is nothing. */
  lastWords?(): Promise<string | null>;
}

/** A part of the platform: how it is started, and how one knows that it works. */
export interface Part<Running extends RunningPart = RunningPart> {
  name: string;
  /** Where it writes its log, from the repository's folder. */
  logFile: string;
  start(): Promise<Running>;
}

/** Waits before a part that died is started again, in seconds; the last one stays. */
const BACK_OFF = [0.5, 1, 2, 5, 10, 30];
/** A part that ran this long, in seconds, starts again at the first wait. */
const STEADY = 60;

/** Keeps the parts running: one that dies is started again, and the terminal says so. Stops them in reverse order. */
export class Supervisor {
  readonly #running = new Map<string, RunningPart>();
  readonly #watches: Promise<void>[] = [];
  readonly #stopping = new AbortController();
  readonly #onChange: () => void;

  /** `onChange` is called whenever a process id changes. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** The process ids by part. */
  pids(): Record<string, number> {
    return Object.fromEntries([...this.#running].map(([name, part]) => [name, part.pid]));
  }

  /** Starts a part, gives it, and looks after it from then on. Throws when the first start fails. */
  async run<Running extends RunningPart>(part: Part<Running>): Promise<Running> {
    const running = await part.start();
    this.#running.set(part.name, running);
    this.#onChange();
    this.#watches.push(this.#watch(part));
    return running;
  }

  async stopAll(): Promise<void> {
    this.#stopping.abort();
    for (const [name, part] of [...this.#running].reverse()) {
      await part.stop().catch((error: unknown) => say(name, paint('red', String(error))));
    }
    await Promise.allSettled(this.#watches);
  }

  async #watch(part: Part): Promise<void> {
    let deaths = 0;
    for (;;) {
      const since = Date.now();
      await this.#running.get(part.name)?.exited;
      if (this.#stopping.signal.aborted) return;
      if (Date.now() - since > STEADY * 1000) deaths = 0;
      if (!(await this.#startAgain(part, deaths++))) return;
    }
  }

  async #startAgain(part: Part, deaths: number): Promise<boolean> {
    for (let tries = deaths; !this.#stopping.signal.aborted; tries++) {
      const wait = BACK_OFF[Math.min(tries, BACK_OFF.length - 1)] ?? 30;
      const words = await this.#running.get(part.name)?.lastWords?.();
      if (words) say(part.name, paint('yellow', words));
      say(part.name, paint('yellow', `ended; starting it again in ${wait} s (its log: ${part.logFile})`));
      await pause(wait * 1000, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      if (this.#stopping.signal.aborted) return false;
      try {
        const running = await part.start();
        this.#running.set(part.name, running);
        this.#onChange();
        say(part.name, paint('green', `runs again (process ${running.pid})`));
        return true;
      } catch (error) {
        say(part.name, paint('red', error instanceof Error ? error.message : String(error)));
      }
    }
    return false;
  }
}
