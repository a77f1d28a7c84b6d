import { execFile } from 'node:child_process';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { promisify } from 'node:util';
import { ROOT } from '../local/home.ts';
import type { Machine } from './model.ts';

/** What is measured, and on what. `postgres` is the answer to `SHOW server_version`; `temporal` the server's program. */
export async function describeMachine(
  load: number,
  { postgres, temporal }: { postgres: string; temporal: string },
): Promise<Machine> {
  const all = cpus();
  return {
    cores: all.length,
    cpu: all[0]?.model.trim() ?? 'unknown',
    memoryGb: Math.round((totalmem() / 1024 ** 3) * 10) / 10,
    system: `${type()} ${release()}`,
    node: process.versions.node,
    postgres,
    temporal: (await textOf(temporal, ['--version'])).replace(/^temporal version /, ''),
    commit: await commitOf(),
    loadBefore: load,
  };
}

/** Load of the machine, mean of the last minute. */
export function loadNow(): number {
  return Math.round((loadavg()[0] ?? 0) * 100) / 100;
}

async function commitOf(): Promise<string> {
  const commit = await textOf('git', ['rev-parse', '--short=12', 'HEAD']).catch(() => 'unknown');
  const changed = await textOf('git', ['status', '--porcelain', '--untracked-files=no']).catch(() => '');
  return changed === '' ? commit : `${commit} with changes`;
}

async function textOf(program: string, args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args, { cwd: ROOT });
  return stdout.trim();
}
