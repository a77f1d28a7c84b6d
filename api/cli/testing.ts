import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEMO_ROLES } from '../../workers/local/seed-demo.ts';
import type { TestPlatform } from '../../workers/testing/platform.ts';
import { until } from '../../workers/testing/until.ts';
import { saveProfile } from './profiles.ts';
import { slugOf } from './slug.ts';

const PROGRAM = fileURLToPath(new URL('../../levqor.mjs', import.meta.url));

/** How a command ended, and what it said. */
export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** The command line as a person has it: a folder, profiles of the five demo people (the owner's is the current one). */
export interface CommandLine {
  folder: string;
  /** All that was said so far, on both outputs. */
  said(): string;
  /** The path of a file in the folder. */
  file(name: string): string;
  /** Writes JSON into a file of the folder. */
  write(name: string, value: unknown): void;
  /** Runs a command as a process to its end, with text on its standard input. */
  levqor(words: string[], surroundings?: Surroundings): Promise<Ended>;
  /** Starts a command and leaves it running; `ended` tells how it goes out. */
  begin(
    words: string[],
    surroundings?: Surroundings,
  ): { child: ChildProcessWithoutNullStreams; ended: Promise<Ended> };
  /** Starts a command on a terminal of its own, as a person does. Needs python3: see {@link canOpenTerminals}. */
  onTerminal(words: string[]): Terminal;
  /** The JSON that a command gives. Throws when it did not succeed. */
  json<T>(...words: string[]): Promise<T>;
  /** Makes workflows of definitions and publishes them. Throws when one is not valid. */
  publish(...definitions: { name: string }[]): Promise<void>;
  close(): void;
}

/** A command on a terminal. */
export interface Terminal {
  /** Resolves once this is on the screen. */
  sees(text: string): Promise<void>;
  /** Presses these keys; `\r` is Enter, `\x03` Ctrl-C. */
  type(keys: string): void;
  /** Its end, with all that was on the screen in `out`. */
  ended: Promise<Ended>;
}

/** Runs a program on a pseudo terminal, which Node itself cannot make, between its own standard streams. */
const PTY = 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';

/** False where Python is missing, or has no pseudo terminals. */
export function canOpenTerminals(): boolean {
  return spawnSync('python3', ['-c', 'import pty; pty.openpty()']).status === 0;
}

export interface Surroundings {
  input?: string;
  env?: object;
}

/** Opens the command line of a test file. With a platform, everybody is signed in there. */
export function openCommandLine(platform?: TestPlatform): CommandLine {
  const folder = mkdtempSync(join(tmpdir(), 'levqor-cli-'));
  const file = (name: string) => join(folder, name);
  let said = '';
  if (platform)
    for (const name of [...DEMO_ROLES, 'default'] as const) {
      const key = platform.tokens[name === 'default' ? 'owner' : name];
      saveProfile(file('config/levqor/config.json'), name, { url: platform.apiUrl, key });
    }

  const launch = ([program = '', ...words]: string[], env: object = {}) => {
    const child = spawn(program, words, {
      cwd: folder,
      env: { PATH: process.env['PATH'], XDG_CONFIG_HOME: file('config'), TZ: 'Asia/Tokyo', ...env },
    });
    const ended: Ended = { code: null, out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (ended.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (ended.err += chunk.toString()));
    const end = new Promise<Ended>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => {
        said += ended.out + ended.err;
        resolve({ ...ended, code });
      });
    });
    return { child, ended: end, told: ended };
  };
  const begin: CommandLine['begin'] = (words, { input = '', env } = {}) => {
    const { child, ended } = launch([process.execPath, PROGRAM, ...words], env);
    child.stdin.end(input);
    return { child, ended };
  };
  const onTerminal: CommandLine['onTerminal'] = (words) => {
    const { child, ended, told } = launch(['python3', '-c', PTY, process.execPath, PROGRAM, ...words]);
    return {
      ended,
      sees: async (text) => void (await until(`"${text}" on the terminal`, () => told.out.includes(text))),
      type: (keys) => void child.stdin.write(keys),
    };
  };
  const levqor: CommandLine['levqor'] = (words, surroundings) => begin(words, surroundings).ended;
  const json = async <T>(...words: string[]) => {
    const { code, out, err } = await levqor([...words, '--json']);
    if (code !== 0) throw new Error(`levqor ${words.join(' ')} ended with ${String(code)}: ${err}`);
    return JSON.parse(out) as T;
  };
  const write = (name: string, value: unknown) => writeFileSync(file(name), JSON.stringify(value));
  return {
    ...{ folder, file, write, begin, levqor, json, onTerminal },
    said: () => said,
    publish: async (...definitions) => {
      const flows = mkdtempSync(file('flows-'));
      for (const one of definitions)
        writeFileSync(join(flows, `${slugOf(one.name)}.flow.json`), JSON.stringify(one));
      await json('import', flows, '--publish');
    },
    close: () => rmSync(folder, { recursive: true }),
  };
}
