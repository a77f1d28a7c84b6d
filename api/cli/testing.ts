import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEMO_ROLES } from '../../workers/local/seed-demo.ts';
import type { TestPlatform } from '../../workers/testing/platform.ts';
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
  /** The JSON that a command gives. Throws when it did not succeed. */
  json<T>(...words: string[]): Promise<T>;
  /** Makes workflows of definitions and publishes them. Throws when one is not valid. */
  publish(...definitions: { name: string }[]): Promise<void>;
  close(): void;
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

  const begin: CommandLine['begin'] = (words, { input = '', env = {} } = {}) => {
    const child = spawn(process.execPath, [PROGRAM, ...words], {
      cwd: folder,
      env: { PATH: process.env['PATH'], XDG_CONFIG_HOME: file('config'), TZ: 'Asia/Tokyo', ...env },
    });
    const ended: Ended = { code: null, out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (ended.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (ended.err += chunk.toString()));
    child.stdin.end(input);
    const end = new Promise<Ended>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => {
        said += ended.out + ended.err;
        resolve({ ...ended, code });
      });
    });
    return { child, ended: end };
  };
  const levqor: CommandLine['levqor'] = (words, surroundings) => begin(words, surroundings).ended;
  const json = async <T>(...words: string[]) => {
    const { code, out, err } = await levqor([...words, '--json']);
    if (code !== 0) throw new Error(`levqor ${words.join(' ')} ended with ${String(code)}: ${err}`);
    return JSON.parse(out) as T;
  };
  const write = (name: string, value: unknown) => writeFileSync(file(name), JSON.stringify(value));
  return {
    ...{ folder, file, write, begin, levqor, json },
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
