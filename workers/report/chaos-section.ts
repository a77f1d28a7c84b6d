import { heading, paragraph, table, type Block, type Inline } from './blocks.ts';
import type { ChaosResult } from './chaos-result.ts';
import { verdictWord } from './verdict-word.ts';

/** The sections of the fault rig: all its runs at a glance, then each one. */
export function chaosSections(results: readonly ChaosResult[]): Block[] {
  const title = heading(2, 'Faults');
  if (results.length === 0)
    return [
      title,
      paragraph({ strong: 'Not measured' }, ': there is no result of ', { code: 'npm run test:chaos' }, '.'),
    ];
  const green = results.filter(({ ok }) => ok).length;
  return [
    title,
    paragraph(
      'Runs of every kind while worker and API are killed, PostgreSQL and Temporal are stopped, and connections are cut, slowed and darkened. ',
      { strong: `${green} of ${results.length}` },
      ' runs of the rig kept every invariant.',
    ),
    table(
      ['Command', 'Date', 'Runs', 'Faults', 'Effects', 'Broken invariants', 'Verdict'],
      results.map((result) => [
        { code: result.command },
        dayOf(result.startedAt),
        count(result.runs.started + result.runs.called),
        count(sum(result.faults.map((fault) => fault.count))),
        count(result.effects.effects + result.effects.letters + result.effects.rows),
        count(result.invariants.filter(({ broken }) => broken > 0).length),
        verdictWord(result.ok),
      ]),
    ),
    ...results.flatMap(chaosSection),
  ];
}

function chaosSection(result: ChaosResult): Block[] {
  const { machine, versions, seconds } = result;
  const commit: Inline[] =
    versions.commit === null ? [] : [', commit ', { code: versions.commit.slice(0, 12) }];
  return [
    heading(3, `Seed ${result.seed}: ${count(result.runs.started)} runs`),
    paragraph(
      `${dayOf(result.startedAt)}, ${machine.cpus} cores (${machine.cpu}), ${machine.memoryGb} GB; Node ${versions.node}, PostgreSQL ${versions.postgres}, Temporal ${versions.temporal}`,
      ...commit,
      `. Load for ${Math.round(seconds.load)} s, all settled ${Math.round(seconds.settle)} s after its end.`,
    ),
    table(
      ['Invariant', 'What is asked', 'Looked at', 'Broken', 'Verdict'],
      result.invariants.map(({ name, rule, checked, broken }) => [
        ...[name, rule, count(checked), count(broken)],
        verdictWord(broken === 0),
      ]),
    ),
    ...examplesOf(result),
    table(
      ['Fault', 'On', 'Times', 'Seconds in all'],
      result.faults.map(({ kind, proxy, count: times, seconds: all }) => [
        ...[kind, proxy ?? '', count(times), count(Math.round(all))],
      ]),
    ),
    table(
      ['Flow', 'Runs', 'Succeeded', 'Failed as meant', 'Cancelled as meant', 'Median', 'p95'],
      result.runs.perFlow.map((flow) => [
        flow.flow,
        ...[flow.runs, flow.succeeded, flow.failed, flow.cancelled].map(count),
        ...[flow.medianSeconds, flow.p95Seconds].map((value) => `${value.toFixed(1)} s`),
      ]),
    ),
  ];
}

function examplesOf({ invariants }: ChaosResult): Block[] {
  const items = invariants.flatMap(({ name, examples }) => examples.map((example) => `${name}: ${example}`));
  return items.length > 0 ? [{ kind: 'list', items }] : [];
}

const sum = (numbers: number[]): number => numbers.reduce((total, one) => total + one, 0);
const count = (value: number): string => value.toLocaleString('en-GB');
const dayOf = (date: string): string => date.slice(0, 16).replace('T', ' ') + ' UTC';
