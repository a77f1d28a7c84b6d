import { setTimeout as pause } from 'node:timers/promises';
import { isAlive } from '../../server-process.ts';
import type { OwnProcess } from '../testing/own-process.ts';

/** One of our processes with somebody who starts it again when it has ended, as in production. */
export interface Supervised {
  readonly starts: number;
  /** How often it ended although nobody had killed it here. */
  readonly endedByItself: number;
  /** Resolves when it has been ready for so many milliseconds, or when `signal` says so. */
  readyFor(ms: number, signal: AbortSignal): Promise<void>;
  /** SIGKILL; it is started again at once. Resolves when it is dead. */
  kill(): Promise<void>;
  /** Watches no longer, once it is ready again. The process goes on. */
  stop(): Promise<void>;
}

const LOOK_MS = 250;

/** Watches over a process that runs. `say` is told when it ends by itself, with its last lines. */
export function supervise(own: OwnProcess, say: (line: string) => void): Supervised {
  const counts = { starts: 1, endedByItself: 0 };
  let readySince: number | null = Date.now();
  let stopped = false;
  // One thing at a time: a kill waits for the start before it.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work, work);
    last = mine;
    return mine;
  };

  const kill = async () => {
    readySince = null;
    await own.kill();
  };
  const start = async () => {
    counts.starts += 1;
    try {
      await own.start();
      readySince = Date.now();
    } catch (error) {
      say(`a start failed: ${String(error).slice(0, 300)}`);
      await own.kill();
    }
  };
  const look = async () => {
    const isUp = readySince !== null && isAlive(own.pid);
    if (isUp) return;
    if (readySince !== null) {
      counts.endedByItself += 1;
      say(`a process ended by itself:\n${own.lines.slice(-5).join('\n')}`);
    }
    await kill();
    await start();
  };
  const watch = async () => {
    while (!stopped) {
      await inTurn(look);
      await pause(LOOK_MS);
    }
  };
  const watching = watch();

  return {
    get starts() {
      return counts.starts;
    },
    get endedByItself() {
      return counts.endedByItself;
    },
    readyFor: async (ms, signal) => {
      const isRipe = () => readySince !== null && Date.now() - readySince >= ms;
      while (!signal.aborted && !isRipe()) await pause(LOOK_MS);
    },
    kill: () => {
      const dead = inTurn(kill);
      void inTurn(start);
      return dead;
    },
    stop: async () => {
      stopped = true;
      await watching;
      await inTurn(look);
    },
  };
}
