import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { HOME, ROOT, writePrivate } from '../local/home.ts';
import type { ChaosResult } from './model.ts';

/** The result as tables in Markdown. */
export function reportText(result: ChaosResult): string {
  const { seed, runs, seconds, faults, client, effects, invariants, processes } = result;
  const { effectsArrived, lettersArrived, rowsWritten } = effects;
  const ended = processes.map(({ name, endedByThemselves }) => `${name} ${endedByThemselves}`).join(', ');
  return [
    `# Chaos, seed ${seed}: ${result.ok ? 'all invariants hold' : 'BROKEN'}`,
    '',
    `${runs.started} runs started, ${runs.called} called by others. Setup ${seconds.setup} s, load ${seconds.load} s, ` +
      `rest after ${seconds.settle} s, check ${seconds.check} s.`,
    '',
    table(
      ['Invariant', 'Checked', 'Broken', 'Rule'],
      invariants.map(({ name, checked, broken, rule }) => [name, checked, broken, rule]),
    ),
    ...invariants.flatMap(({ name, examples }) => examples.map((line) => `- ${name}: ${line}`)),
    '',
    table(
      ['Fault', 'Where', 'Times', 'Seconds in all'],
      faults.map(({ kind, proxy, count, seconds: long }) => [kind, proxy ?? '', count, long.toFixed(1)]),
    ),
    '',
    table(
      ['Flow', 'Runs', 'Succeeded', 'Failed', 'Cancelled', 'Median s', 'p95 s'],
      runs.perFlow.map((flow) => [
        ...[flow.flow, flow.runs, flow.succeeded, flow.failed, flow.cancelled],
        ...[flow.medianSeconds, flow.p95Seconds],
      ]),
    ),
    '',
    table(
      ['Effect', 'Different keys', 'Arrived', 'Repeated'],
      [
        ['HTTP call', effects.effects, effectsArrived, effectsArrived - effects.effects],
        ['Letter', effects.letters, lettersArrived, lettersArrived - effects.letters],
        ['Row', effects.rows, rowsWritten, rowsWritten - effects.rows],
      ],
    ),
    '',
    `Acknowledged changes: ${result.mutations.map(({ kind, count }) => `${count} ${kind}`).join(', ')}.`,
    `The client sent ${client.requests} requests and asked again after ${client.network} lost answers, ` +
      `${client.unavailable} "unavailable", ${client.internal} "internal", ${client.rateLimited} "rate limited".`,
    `Calls refused with 503 on purpose: ${effects.refused}. Processes that ended by themselves: ${ended}.`,
  ].join('\n');
}

/** Writes the result as JSON below `.levqor/results`; gives the path from the project's folder. */
export async function writeResult(result: ChaosResult): Promise<string> {
  const folder = join(HOME, 'results');
  await mkdir(folder, { recursive: true });
  const file = join(folder, `chaos-${result.seed}.json`);
  await writePrivate(file, result);
  return relative(ROOT, file);
}

function table(head: string[], rows: (string | number)[][]): string {
  const line = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
