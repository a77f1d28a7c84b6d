import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { flowSchema } from '../../../workflows/definitions/model.ts';
import { temporalWorkflowId } from '../../../workflows/ids.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../workflows/json.ts';
import type { EffectInput, EffectOutcome } from '../../../workflows/runs/activities.ts';
import { planRerun } from '../../../workflows/runs/rerun-plan.ts';
import { FakeWorld, type Trial } from '../../../workflows/runs/testing.ts';
import { chancesOf, MemoryBench } from '../../../workflows/runs/testing/memory-bench.ts';

const text = readFileSync(new URL('./overdue-invoices.flow.json', import.meta.url), 'utf8');
const FLOW = flowSchema.parse(JSON.parse(text));

/** Small, large and very large ones; what becomes of each stands in the customer's name. */
const CUSTOMERS = [
  'Ada',
  'Bounces',
  'Grace',
  'Denied',
  'Edsger',
  'Ignored',
  'Barbara',
  'Denied too',
  'Alan',
  'Joan',
];
const AMOUNTS = [1_200, 9_900, 480_000, 600_000, 700_000, 800_000, 900_000, 2_600_000, 3_000_000, 4_000_000];
const INVOICES: JsonObject[] = CUSTOMERS.map((customer, i) => ({
  ...{ id: i, number: `INV-${i}`, customer, email: `${i}@example.com`, amountCents: AMOUNTS[i] ?? 0 },
  ...{ currency: 'EUR', dueOn: '2030-01-01', daysLate: 10 + i },
}));

/** The shop and the mail server. */
function effect({ stepId, with: held }: EffectInput): EffectOutcome {
  const given = 'value' in held && isJsonObject(held.value) ? held.value : {};
  if (stepId === 'overdue') return { output: { value: { rows: INVOICES, rowCount: INVOICES.length } } };
  if (stepId === 'summary') {
    // The first one is the id of the run, which is another one each time.
    const [, ...counts] = given['params'] as Json[];
    return { output: { value: { rows: [{ counts }], rowCount: 1 } } };
  }
  if (JSON.stringify(given).includes('Bounces'))
    return { error: { code: 'EMAIL_FAILED', message: 'No such address.', details: null, retryable: false } };
  return { output: { value: { messageId: `<${JSON.stringify(given['to'])}>` } } };
}

/** A world in which people decide as the names of the customers say. */
function newWorld(): FakeWorld {
  const world = new FakeWorld();
  world.onApproval = async (request) => {
    const { title } = request.plan;
    if (title.includes('Ignored')) return;
    if (title.includes('Denied')) world.decide(request, { role: 'finance', verdict: 'DENY' });
    else for (const role of ['finance', 'owner'] as const) world.decide(request, { role });
    const { approvalId, tenantId, runId } = request;
    const handle = world.client?.getHandle(temporalWorkflowId(tenantId, runId));
    await handle?.signal('approvalDecided', { id: approvalId, approvalId });
  };
  return world;
}

const TRIAL: Trial = { steps: FLOW.steps, flow: FLOW, input: {}, effect };

describe('the demo, run again from each of its steps', () => {
  it('gives the same output, asks again and repeats what the plan says, and nothing else', async () => {
    const world = newWorld();
    const bench = new MemoryBench({ pick: chancesOf(1).pick });
    const first = await bench.run(world, TRIAL);
    expect(first.error).toBeNull();
    // 10 invoices: 6 sent, 1 failed, 3 refused.
    expect(first.output).toEqual({ value: { counts: [10, 6, 1, 3] } });
    const steps = world.stepsOf(first.runId);
    expect(steps.length).toBe(59);

    for (const { path: from } of steps) {
      const plan = planRerun({ flow: FLOW, steps, response: null }, FLOW, from);
      if (!plan) throw new Error(`no plan from ${from}`);
      const again = await bench.run(world, { ...TRIAL, seed: plan.seed });
      expect([from, again.error, again.output]).toEqual([from, null, first.output]);
      const effects = world.effects.filter(({ runId }) => runId === again.runId).map(({ path }) => path);
      expect([from, effects.sort()]).toEqual([from, plan.repeats.map(({ path }) => path).sort()]);
      const asked = [...world.approvals.values()].filter(({ request }) => request.runId === again.runId);
      expect([from, asked.map(({ request }) => request.path).sort()]).toEqual([
        from,
        plan.asksAgain.toSorted(),
      ]);
      const done = world.stepsOf(again.runId).map(({ path }) => path);
      expect([from, [...done, ...plan.reused].sort()]).toEqual([from, steps.map(({ path }) => path).sort()]);
    }
  }, 60_000);
});
