import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

/** What to run as a server, and where its output goes. */
export interface ServerCommand {
  file: string;
  args: string[];
  logFile: string;
  env: Record<string, string>;
  cwd: string;
  /** The account to run as; only root may name one. */
  account: { uid: number; gid: number } | null;
}

/** A server that was started. `exited` resolves when the process has ended, for whatever reason. */
export interface ServerProcess {
  pid: number;
  exited: Promise<void>;
}

const LARGE_LOG_BYTES = 5 * 1024 * 1024;
const POLL_MS = 25;

/**
 * Starts a server in a process group of its own: Ctrl-C in a terminal then reaches only us, and we stop our parts
 * in order. Output goes to a file, so that the server outlives a crash of ours without losing its log.
 * Throws when the file cannot be run at all.
 */
export async function spawnServer(command: ServerCommand): Promise<ServerProcess> {
  const output = openLog(command.logFile);
  const child = spawn(command.file, command.args, {
    detached: true,
    stdio: ['ignore', output, output],
    env: command.env,
    cwd: command.cwd,
    ...(command.account ?? {}),
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  closeSync(output);
  await once(child, 'spawn');
  if (child.pid === undefined) throw new Error(`${command.file} did not start`);
  return { pid: child.pid, exited };
}

function openLog(file: string): number {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LARGE_LOG_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

/** Ends a process: each signal in turn with `patienceMs` to obey, then SIGKILL. Throws when it still lives. */
export async function stopProcess(
  pid: number,
  signals: NodeJS.Signals[],
  patienceMs = 10_000,
): Promise<void> {
  for (const signal of [...signals, 'SIGKILL' as const]) {
    if (!isAlive(pid)) return;
    send(pid, signal);
    if (await endsWithin(pid, patienceMs)) return;
  }
  throw new Error(`Process ${pid} does not end. Please end it by hand: kill -9 ${pid}`);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}

/** True when the process has ended within this many milliseconds. */
async function endsWithin(pid: number, ms: number): Promise<boolean> {
  const deadline = Date.now() + ms;
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false;
    await pause(POLL_MS);
  }
  return true;
}

/** True while a process with this id runs. One that ended and waits to be collected by its parent does not run. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    // No /proc on this system: the answer to signal 0 stands.
    return true;
  }
}

/** The command line of a process, words separated by spaces; empty when there is none to be seen. */
export async function commandLineOf(pid: number): Promise<string> {
  try {
    if (process.platform === 'linux')
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return (await promisify(execFile)('ps', ['-o', 'args=', '-p', String(pid)])).stdout.trim();
  } catch {
    return '';
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
