import { isDeepStrictEqual } from 'node:util';
import { changeProblems } from './change-problems.ts';
import { effectProblems } from './effect-problems.ts';
import type { Facts, Pair, ShownRun } from './facts.ts';
import { expectedOf } from './flows.ts';
import { groupBy } from './group-by.ts';
import type { InvariantResult, LedgerRun } from './model.ts';

/** How many examples of a broken invariant are reported. */
const EXAMPLES = 10;
const FINAL = ['SUCCEEDED', 'FAILED', 'CANCELLED', 'TIMED_OUT'];
/** What Temporal calls the end of a run that has this status here. */
const IN_TEMPORAL: Record<string, string> = {
  SUCCEEDED: 'COMPLETED',
  FAILED: 'FAILED',
  CANCELLED: 'CANCELLED',
};

/** Looks whether all that was promised holds. The order is that of the report. */
export function checkInvariants(facts: Facts): InvariantResult[] {
  const byId = new Map(facts.runs.map((run) => [run.id, run]));
  const started = facts.ledger.filter(({ runId }) => runId !== null);
  const pairs: Pair[] = started.flatMap((known) => {
    const shown = byId.get(known.runId ?? '');
    return shown ? [{ known, shown }] : [];
  });
  const { outbox, auditChain } = facts;
  const invariant = (name: string, rule: string, [checked, problems]: [number, string[]]) => ({
    ...{ name, rule, checked, broken: problems.length, examples: problems.slice(0, EXAMPLES) },
  });
  return [
    invariant('answered', 'The client got an answer to everything in the end, and no refusal', [
      facts.asked,
      [...unanswered(facts), ...facts.problems],
    ]),
    invariant('none lost', 'Every acknowledged run is there', [started.length, lost(started, byId)]),
    invariant('none doubled', 'No run is there that was not asked for, or twice', [
      facts.runs.length,
      doubled(facts, started),
    ]),
    invariant('none stuck', '120 s after the end of the load every run is over', [
      facts.runs.length,
      facts.runs
        .filter(({ status }) => !FINAL.includes(status))
        .map(({ id, status }) => `${id} is ${status}; ${facts.diagnoses.get(id) ?? 'not looked at'}`),
    ]),
    invariant('outcomes', 'Every run ended with the expected status, output and error', [
      pairs.length,
      pairs.flatMap(outcomeProblems),
    ]),
    invariant(
      'effects once',
      'Of every external effect there is one, under one key: none missing, none besides, none with another body',
      effectProblems(facts, pairs),
    ),
    invariant('changes visible', 'Every acknowledged change can be seen', changeProblems(facts, pairs)),
    invariant('none shown wrongly', 'What is shown of a run is what Temporal knows of it', [
      facts.runs.length,
      shownWrongly(facts),
    ]),
    invariant('steps agree', 'Steps, their events and their number agree', [
      pairs.length,
      [...facts.stepProblems, ...pairs.flatMap((pair) => stepCountProblems(facts, pair))],
    ]),
    invariant('outbox empty', 'No message to Temporal is left or was set aside', [
      1,
      outbox.waiting + outbox.failed === 0
        ? []
        : [`${outbox.waiting} messages wait, ${outbox.failed} were set aside`],
    ]),
    invariant('audit chain', 'The audit chain is whole', [
      auditChain.checked,
      auditChain.valid ? [] : [`It is broken at event ${auditChain.brokenAt ?? 'unknown'}`],
    ]),
  ];
}

function unanswered({ asked, ledger }: Facts): string[] {
  const missing =
    ledger.length < asked ? [`${asked - ledger.length} of ${asked} runs were never asked for`] : [];
  const failed = ledger.flatMap(({ problem, runId, scenario }) =>
    problem === null ? [] : [`${scenario.flow} ${scenario.number}, ${runId ?? 'not started'}: ${problem}`],
  );
  return [...missing, ...failed];
}

function lost(started: readonly LedgerRun[], byId: ReadonlyMap<string, ShownRun>): string[] {
  return started
    .filter(({ runId }) => !byId.has(runId ?? ''))
    .map(({ runId, scenario }) => `${runId ?? ''} (${scenario.flow} ${scenario.number}) is not there`);
}

function doubled({ runs }: Facts, started: readonly LedgerRun[]): string[] {
  const owners = groupBy(started, ({ runId }) => runId);
  const shared = [...owners].flatMap(([id, all]) =>
    all.length === 1 ? [] : [`${id ?? ''} was given to ${all.length} requests`],
  );
  const foreign = runs
    .filter(({ id, parentRunId }) => parentRunId === null && !owners.has(id))
    .map(({ id }) => `${id} was asked for by nobody`);
  const children = groupBy(
    runs.filter(({ parentRunId }) => parentRunId !== null),
    ({ parentRunId }) => parentRunId,
  );
  const families = [...children].flatMap(([parent, all]) => {
    const flow = owners.get(parent)?.[0]?.scenario.flow;
    return flow === 'parent' && all.length === 1
      ? []
      : [`${parent ?? ''} (${flow ?? 'nobody'}) called ${all.length} runs`];
  });
  return [...shared, ...foreign, ...families];
}

function outcomeProblems({ known, shown }: Pair): string[] {
  const { status, output, errorCode } = expectedOf(known.scenario);
  const wanted = { status, output, errorCode };
  const actual = { status: shown.status, output: shown.output, errorCode: shown.error?.code ?? null };
  if (isDeepStrictEqual(actual, wanted)) return [];
  const { flow, number } = known.scenario;
  return [`${shown.id} (${flow} ${number}): ${JSON.stringify(actual)}, expected ${JSON.stringify(wanted)}`];
}

function shownWrongly({ runs, executions, diagnoses }: Facts): string[] {
  const shown = new Set(runs.map(({ id }) => id));
  const unlike = runs.flatMap(({ id, status }) => {
    const there = executions.get(id) ?? 'unknown';
    const wanted = IN_TEMPORAL[status] ?? 'RUNNING';
    return there === wanted
      ? []
      : [`${id} is shown as ${status}, in Temporal it is ${there} ${diagnoses.get(id) ?? ''}`];
  });
  const hidden = [...executions.keys()].filter((id) => !shown.has(id));
  return [...unlike, ...hidden.map((id) => `${id} is in Temporal and is not shown`)];
}

function stepCountProblems({ stepCounts }: Facts, { known, shown }: Pair): string[] {
  const { steps } = expectedOf(known.scenario);
  const count = stepCounts.get(shown.id) ?? 0;
  return steps === null || count === steps ? [] : [`${shown.id} has ${count} steps, expected ${steps}`];
}
