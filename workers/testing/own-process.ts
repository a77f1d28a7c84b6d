import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** One of our own processes, as a test runs it: real, killed and started again at will. */
export interface OwnProcess {
  /** Every line that it has written since the first start; with a `logFile` those until it was ready. */
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
  entry: 'api/main.ts' | 'workers/main.ts' | 'workers/bench/hand-written/main.ts';
  settings: () => Record<string, string>;
  ready: string;
  /** Where its output goes, as under `npm start`: hearing it then costs this process nothing. */
  logFile?: string | undefined;
  /** How long it may take until it is ready, in milliseconds; 30 seconds when left out. */
  startLimitMs?: number;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Times in milliseconds. */
const START_LIMIT = 30_000;
const PATIENCE = 15_000;
const LOOK = 50;

/** Ends the program when the test process is gone, however that happens. The program keeps the shell's process id. */
const END_WITH_PARENT = `
  (while kill -0 $PPID; do kill -0 $$ || exit; sleep 1; done; kill -9 $$) </dev/null >/dev/null 2>&1 &
  exec "$0" "$@"`;

/** Makes the process; `start` runs it. */
export function ownProcess(options: OwnProcessOptions): OwnProcess {
  const { entry, settings, ready, logFile, startLimitMs = START_LIMIT } = options;
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
      const started = launch(entry, settings(), logFile);
      child = started;
      return untilReady(started, { entry, ready, lines, logFile, limitMs: startLimitMs });
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

function launch(entry: string, settings: Record<string, string>, logFile: string | undefined): ChildProcess {
  const output = logFile === undefined ? 'pipe' : openSync(logFile, 'w');
  const child = spawn('sh', ['-c', END_WITH_PARENT, process.execPath, '--import', './ts-hook.mjs', entry], {
    cwd: ROOT,
    stdio: ['ignore', output, output],
    env: { PATH: process.env['PATH'], ...settings },
  });
  if (output !== 'pipe') closeSync(output);
  return child;
}

interface Wanted extends Pick<OwnProcessOptions, 'entry' | 'ready' | 'logFile'> {
  lines: string[];
  limitMs: number;
}

async function untilReady(
  child: ChildProcess,
  { entry, ready, lines, logFile, limitMs }: Wanted,
): Promise<string> {
  const first = lines.length;
  const done = new AbortController();
  const said = new Promise<string>((resolve, reject) => {
    const tell = () => lines.slice(first).join('\n');
    const late = setTimeout(() => reject(new Error(`${entry} is not ready:\n${tell()}`)), limitMs);
    child.once('exit', () => reject(new Error(`${entry} ended:\n${tell()}`)));
    const hear = (line: string) => {
      lines.push(line);
      if (!line.includes(ready)) return;
      clearTimeout(late);
      resolve(line);
    };
    if (logFile === undefined) listen(child, hear);
    else follow(logFile, hear, done.signal);
  });
  return said.finally(() => done.abort());
}

function listen(child: ChildProcess, hear: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream as NodeJS.ReadableStream }).on('line', hear);
}

/** Reads the lines of a file as they come, until it is told to stop. */
function follow(file: string, hear: (line: string) => void, stop: AbortSignal): void {
  let heard = 0;
  const look = () => {
    const whole = readFileSync(file, 'utf8').split('\n').slice(0, -1);
    for (const line of whole.slice(heard)) hear(line);
    heard = whole.length;
  };
  const timer = setInterval(look, LOOK);
  stop.addEventListener('abort', () => clearInterval(timer));
}
