import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { cpus, loadavg, platform as system, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../local/home.ts';
import type { Facts } from './facts.ts';
import { groupBy } from './group-by.ts';
import { FLOWS, type ChaosResult, type FlowResult } from './model.ts';
import type { Rig } from './open-rig.ts';

/** What the report tells besides faults and invariants: machine, versions, and what was done. */
export async function measure(
  rig: Rig,
  facts: Facts,
): Promise<Pick<ChaosResult, 'machine' | 'versions' | 'runs' | 'mutations' | 'effects'>> {
  return {
    machine: machine(),
    versions: await versions(rig),
    runs: {
      started: facts.ledger.filter(({ runId }) => runId !== null).length,
      called: facts.runs.filter(({ parentRunId }) => parentRunId !== null).length,
      perFlow: await perFlow(rig, facts),
    },
    mutations: mutations(facts),
    effects: await effects(rig, facts),
  };
}

function machine(): ChaosResult['machine'] {
  const processors = cpus();
  return {
    cpus: processors.length,
    cpu: processors[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    platform: `${system()} ${release()} ${process.arch}`,
    loadAverage: loadavg().map((load) => Math.round(load * 100) / 100),
  };
}

async function versions({ platform }: Rig): Promise<ChaosResult['versions']> {
  const [server] = await platform.sql<{ server_version: string }>('SHOW server_version');
  const { serverVersion } = await platform.temporal.workflowService.getSystemInfo({});
  const own = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const commit = await promisify(execFile)('git', ['rev-parse', 'HEAD'], { cwd: ROOT }).then(
    ({ stdout }) => stdout.trim(),
    // A copy without its history.
    () => null,
  );
  return {
    ...{ levqor: own.version, commit, node: process.version },
    ...{ postgres: server?.server_version ?? 'unknown', temporal: serverVersion ?? 'unknown' },
  };
}

async function perFlow({ platform }: Rig, { ledger, runs }: Facts): Promise<FlowResult[]> {
  const times = await platform.sql<{ id: string; seconds: number }>(
    `SELECT replace(id::text, '-', '') AS id, extract(epoch FROM finished_at - created_at)::float AS seconds
     FROM run WHERE finished_at IS NOT NULL`,
  );
  const secondsOf = new Map(times.map(({ id, seconds }) => [`run_${id}`, seconds]));
  const statusOf = new Map(runs.map(({ id, status }) => [id, status]));
  return FLOWS.map((flow) => {
    const ids = ledger.flatMap(({ scenario, runId }) =>
      scenario.flow === flow && runId !== null ? [runId] : [],
    );
    const sorted = ids.flatMap((id) => secondsOf.get(id) ?? []).sort((a, b) => a - b);
    const at = (share: number) =>
      Math.round((sorted[Math.floor(share * (sorted.length - 1))] ?? 0) * 10) / 10;
    const count = (status: string) => ids.filter((id) => statusOf.get(id) === status).length;
    return {
      ...{ flow, runs: ids.length, succeeded: count('SUCCEEDED'), failed: count('FAILED') },
      ...{ cancelled: count('CANCELLED'), medianSeconds: at(0.5), p95Seconds: at(0.95) },
    };
  });
}

function mutations({ ledger, made }: Facts): ChaosResult['mutations'] {
  const kinds = [
    ...ledger.flatMap((run) => run.mutations.filter((one) => one.acknowledged).map(({ kind }) => kind)),
    ...made.map(({ kind }) => `create ${kind}`),
  ];
  return [...groupBy(kinds, (kind) => kind)].map(([kind, all]) => ({ kind, count: all.length }));
}

async function effects({ shop, mail, receiver }: Rig, facts: Facts): Promise<ChaosResult['effects']> {
  const [rows] = await shop.sql<{ written: number }>(
    'SELECT coalesce(sum(written), 0)::int AS written FROM entry',
  );
  const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);
  return {
    effects: facts.effects.size,
    letters: sum([...facts.letters.values()].map(({ size }) => size)),
    rows: facts.rows.length,
    effectsArrived: sum([...facts.effects.values()].map(({ arrived }) => arrived)),
    lettersArrived: mail.letters.length,
    rowsWritten: rows?.written ?? 0,
    refused: receiver.refused,
  };
}
