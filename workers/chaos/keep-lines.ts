import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { HOME } from '../local/home.ts';
import type { OwnProcess } from '../testing/own-process.ts';

const EVERY_MS = 2_000;
/** So many lines stay in memory, for telling why a process ended. */
const STAY = 50;

/** Moves what processes write from memory into files below `.levqor/results`, as a load may write millions of lines. */
export function keepLines(processes: Record<string, OwnProcess>, seed: number): { stop(): void } {
  const folder = join(HOME, 'results', `chaos-${seed}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const write = (leave: number) => {
    for (const [name, { lines }] of Object.entries(processes)) {
      const done = lines.splice(0, Math.max(0, lines.length - leave));
      if (done.length > 0) appendFileSync(join(folder, `${name}.log`), `${done.join('\n')}\n`);
    }
  };
  const timer = setInterval(() => write(STAY), EVERY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      write(0);
    },
  };
}
