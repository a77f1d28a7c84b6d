import { describe, expect, it } from '@jest/globals';
import { globalId } from '../../workflows/ids.ts';
import type { ReceivedEffect } from './counting-receiver.ts';
import type { Facts, ShownThing } from './facts.ts';
import { checkInvariants } from './invariants.ts';
import type { FlowName, LedgerRun, Mutation } from './model.ts';

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const id = (n: number) => globalId('run', uuid(n));
const APPROVAL = globalId('approval', uuid(90));

function ledgerRun(number: number, flow: FlowName, mutations: Mutation[] = []): LedgerRun {
  const scenario = { number, flow, odd: false, delayMs: 0 };
  return { scenario, runId: id(number), startedAt: 1, mutations, problem: null };
}
const shown = (n: number, fields: Partial<Facts['runs'][number]> = {}) => ({
  ...{ id: id(n), status: 'SUCCEEDED', output: n as unknown, error: null },
  ...{ parentRunId: null, cancelRequestedAt: null, ...fields },
});
const received = (owner: number, path: string, body: object): [string, ReceivedEffect] => {
  const key = `${id(owner)}/${path}`;
  return [key, { key, path: '/', body: JSON.stringify(body), arrived: 1, others: [] }];
};

/** An event, an approval, a call of another run, and a cancelled run: all as it should be. */
function soundFacts() {
  const decide: Mutation = { kind: 'decide', target: APPROVAL, decision: 'APPROVE', acknowledged: true };
  const change = (kind: 'sendEvent' | 'cancel', target: string): Mutation => ({
    ...{ kind, target, decision: null, acknowledged: true },
  });
  const things: ShownThing[] = [{ kind: 'workflow', id: 'workflow_1', name: 'thing', asWanted: true }];
  const auditChain: Facts['auditChain'] = { valid: true, checked: 10, brokenAt: null };
  return {
    asked: 4,
    ledger: [
      ledgerRun(1, 'event', [change('sendEvent', 'go')]),
      ledgerRun(2, 'approval', [decide]),
      ledgerRun(3, 'parent'),
      ledgerRun(4, 'cancel', [change('cancel', id(4))]),
    ],
    made: [{ kind: 'workflow' as const, id: 'workflow_1', name: 'thing' }],
    problems: [] as string[],
    runs: [
      ...[shown(1), shown(2), shown(3, { output: 9 }), shown(5, { parentRunId: id(3), output: 9 })],
      shown(4, { status: 'CANCELLED', output: null, cancelRequestedAt: '2026-01-01T00:00:00Z' }),
    ],
    approvals: [
      { id: APPROVAL, status: 'APPROVED', decisions: [{ decision: 'APPROVE', personEmail: 'f@x.example' }] },
    ],
    things,
    executions: new Map([...[1, 2, 3, 5].map((n) => [id(n), 'COMPLETED'] as const), [id(4), 'CANCELLED']]),
    diagnoses: new Map<string, string>(),
    stepCounts: new Map([1, 2, 3, 4].map((n) => [id(n), [2, 2, 1, 4][n - 1] ?? 0])),
    stepProblems: [] as string[],
    audited: new Set([
      ...[`run.sendEvent ${uuid(1)}`, `approval.decide ${uuid(90)}`, `run.cancel ${uuid(4)}`],
    ]),
    effects: new Map([
      received(2, 'after', { n: 2 }),
      received(5, 'inner', { n: 3 }),
      received(4, 'hold/begun', { n: 4 }),
      received(4, 'hold/cleanup', { n: 4 }),
    ]),
    effectsWithoutKey: [] as string[],
    letters: new Map<number, Set<string>>(),
    rows: [] as { run: string; n: number }[],
    outbox: { waiting: 0, failed: 0 },
    auditChain,
  } satisfies Facts;
}
type Sound = ReturnType<typeof soundFacts>;
const brokenIn = (facts: Facts) =>
  checkInvariants(facts)
    .filter(({ broken }) => broken > 0)
    .map(({ name, examples }) => [name, examples]);

describe('the invariants', () => {
  it('hold when all is as it should be', () => {
    expect(brokenIn(soundFacts())).toEqual([]);
  });

  const cases: [name: string, why: string, spoil: (facts: Sound) => unknown][] = [
    ['answered', 'a run that was never asked for', (facts) => (facts.asked = 5)],
    ['answered', 'an answer that never came', (facts) => (facts.ledger[0]!.problem = 'GaveUp')],
    ['answered', 'another refusal', ({ problems }) => problems.push('Refusal')],
    ['none lost', 'a run that is not there', ({ runs }) => runs.shift()],
    ['none doubled', 'a run of nobody', ({ runs }) => runs.push(shown(8))],
    ['none doubled', 'a second child', ({ runs }) => runs.push(shown(8, { parentRunId: id(3) }))],
    ['none doubled', 'one run for two requests', ({ ledger }) => (ledger[1]!.runId = id(1))],
    ['none stuck', 'a run that goes on', ({ runs }) => (runs[0]!.status = 'RUNNING')],
    ['outcomes', 'another output', ({ runs }) => (runs[0]!.output = 2)],
    ['outcomes', 'a failure', ({ runs }) => (runs[0]!.status = 'FAILED')],
    ['effects once', 'an effect that is missing', ({ effects }) => effects.delete(`${id(2)}/after`)],
    ['effects once', 'one of nobody', ({ effects }) => effects.set(...received(1, 'x', {}))],
    ['effects once', 'another body', ({ effects }) => effects.set(...received(2, 'after', { n: 3 }))],
    [
      'effects once',
      'two bodies under one key',
      ({ effects }) => effects.get(`${id(2)}/after`)!.others.push('/ {}'),
    ],
    ['effects once', 'one without a key', (facts) => facts.effectsWithoutKey.push('/')],
    ['effects once', 'a letter of nobody', ({ letters }) => letters.set(1, new Set(['<a>']))],
    ['effects once', 'a row of nobody', ({ rows }) => rows.push({ run: id(1), n: 1 })],
    ['changes visible', 'a change without its audit row', ({ audited }) => audited.clear()],
    ['changes visible', 'a request that is open', ({ approvals }) => (approvals[0]!.status = 'PENDING')],
    [
      'changes visible',
      'a decision twice',
      ({ approvals: [one] }) => one!.decisions.push(one!.decisions[0]!),
    ],
    ['changes visible', 'a cancelled run that succeeded', ({ runs }) => (runs.at(-1)!.status = 'SUCCEEDED')],
    ['changes visible', 'a workflow that is not there', ({ things }) => things.pop()],
    ['changes visible', 'a workflow that was published twice', ({ things }) => (things[0]!.asWanted = false)],
    ['none shown wrongly', 'another end in Temporal', (facts) => facts.executions.set(id(1), 'RUNNING')],
    [
      'none shown wrongly',
      'an execution that is not shown',
      (facts) => facts.executions.set(id(8), 'RUNNING'),
    ],
    ['none shown wrongly', 'a run unknown to Temporal', (facts) => facts.executions.delete(id(1))],
    ['steps agree', 'an open step', (facts) => facts.stepProblems.push('x')],
    ['steps agree', 'a step that is missing', (facts) => facts.stepCounts.set(id(1), 1)],
    ['outbox empty', 'a message that waits', ({ outbox }) => (outbox.waiting = 1)],
    ['outbox empty', 'a message that was set aside', ({ outbox }) => (outbox.failed = 1)],
    ['audit chain', 'a broken link', ({ auditChain }) => (auditChain.valid = false)],
  ];
  it.each(cases)('%s: says so of %s', (name, _, spoil) => {
    const facts = soundFacts();
    spoil(facts);
    expect(brokenIn(facts).map(([broken]) => broken)).toContain(name);
  });

  it('does not count an effect of which nobody knows whether the run came to it', () => {
    const facts = soundFacts();
    facts.ledger[3]!.scenario.odd = true;
    facts.effects.delete(`${id(4)}/hold/cleanup`);
    facts.stepCounts.set(id(4), 0);
    expect(brokenIn(facts)).toEqual([]);
  });
});
