import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** One of our own processes, as a test runs it: real, killed and started again at will. */
export interface OwnProcess {
  /** Every line that it has written since the first start. */
  readonly lines: string[];
  /** Throws while it does not run. */
  readonly pid: number;
  /** Starts it and waits for its word that it is ready; gives that line. Throws when it ends before. */
  start(): Promise<string>;
  /** SIGKILL: it has no chance to finish anything. */
  kill(): Promise<void>;
  /** SIGTERM, and SIGKILL when it does not obey. */
  stop(): Promise<void>;
}

/** What to run. `settings` is read at each start. `ready` is what the line holds by which it says that it is ready. */
export interface OwnProcessOptions {
  entry: 'api/main.ts' | 'workers/main.ts';
  settings: () => Record<string, string>;
  ready: string;
  /** How long it may take until it is ready, in milliseconds; 30 seconds when left out. */
  startLimitMs?: number;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Times in milliseconds. */
const START_LIMIT = 30_000;
const PATIENCE = 15_000;

/** Ends the program when the test process is gone, however that happens. The program keeps the shell's process id. */
const END_WITH_PARENT = `
  (while kill -0 $PPID; do kill -0 $$ || exit; sleep 1; done; kill -9 $$) </dev/null >/dev/null 2>&1 &
  exec "$0" "$@"`;

/** Makes the process; `start` runs it. */
export function ownProcess({ entry, settings, ready, startLimitMs }: OwnProcessOptions): OwnProcess {
  const lines: string[] = [];
  let child: ChildProcess | null = null;

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = child;
    child = null;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const exited = once(ending, 'exit');
    ending.kill(signal);
    const late = setTimeout(() => ending.kill('SIGKILL'), PATIENCE);
    await exited;
    clearTimeout(late);
  };

  return {
    lines,
    get pid() {
      if (child?.pid === undefined) throw new Error(`${entry} does not run`);
      return child.pid;
    },
    start: async () => {
      const started = launch(entry, settings());
      child = started;
      return untilReady(started, { entry, ready, lines, limitMs: startLimitMs ?? START_LIMIT });
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

function launch(entry: string, settings: Record<string, string>): ChildProcess {
  return spawn('sh', ['-c', END_WITH_PARENT, process.execPath, '--import', './ts-hook.mjs', entry], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], ...settings },
  });
}

async function untilReady(
  child: ChildProcess,
  { entry, ready, lines, limitMs }: { entry: string; ready: string; lines: string[]; limitMs: number },
): Promise<string> {
  const first = lines.length;
  const said = new Promise<string>((resolve, reject) => {
    const tell = () => lines.slice(first).join('\n');
    const late = setTimeout(() => reject(new Error(`${entry} is not ready:\n${tell()}`)), limitMs);
    child.once('exit', () => reject(new Error(`${entry} ended:\n${tell()}`)));
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream as NodeJS.ReadableStream }).on('line', (line) => {
        lines.push(line);
        if (!line.includes(ready)) return;
        clearTimeout(late);
        resolve(line);
      });
  });
  return said;
}
