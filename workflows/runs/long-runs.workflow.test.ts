import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { timeSkippingEnvironment } from '../../temporal/testing.ts';
import type { Step } from '../definitions/model.ts';
import { FakeWorld, TrialBench } from './testing.ts';

let bench: TrialBench;
beforeAll(async () => {
  bench = await TrialBench.open(timeSkippingEnvironment);
}, 60_000);
afterAll(() => bench?.environment.teardown());

const step = (value: unknown) => value as Step;
const transform = (id: string, value: unknown) => step({ id, kind: 'transform', with: { value } });

async function report(name: string, world: FakeWorld, work: () => Promise<unknown>) {
  const t = performance.now();
  const c = process.cpuUsage();
  await work();
  const [runId] = world.runs.keys();
  const { workflowId } = { workflowId: `run/${world.tenantId}/${runId}` };
  const ws = bench.environment.client.workflow;
  let id: string | undefined;
  const out: unknown[] = [];
  const h = ws.getHandle(workflowId);
  const d = await h.describe();
  let next: string | undefined = d.runId;
  // walk back? first exec
  const last = await ws.getHandle(workflowId, next).fetchHistory();
  let first = last.events?.[0]?.workflowExecutionStartedEventAttributes?.firstExecutionRunId;
  next = first ?? next;
  for (;;) {
    const hist = await ws.getHandle(workflowId, next).fetchHistory();
    const ev = hist.events ?? [];
    out.push(ev.length);
    const end = ev.at(-1)?.workflowExecutionContinuedAsNewEventAttributes;
    if (!end?.newExecutionRunId) break;
    next = end.newExecutionRunId;
  }
  const u = process.cpuUsage(c);
  console.log('cpu', u.user / 1000, u.system / 1000);
  console.log(name, Math.round(performance.now() - t), 'ms', out, world.batches.length, id);
}

describe('x', () => {
  it.skip('pure', async () => {
    const world = new FakeWorld();
    await report('pure', world, async () => {
      const end = await bench.run(world, {
        steps: [step({ id: 'each', kind: 'forEach', items: '{{ [1..10000] }}', as: 'n', steps: [transform('t', '{{ n * 2 }}')] }), transform('sum', '{{ $sum(steps.each.output) }}')],
      });
      console.log(end.status, end.output, end.error);
    });
  }, 200_000);
  it.skip('effects', async () => {
    const world = new FakeWorld();
    await report('effects', world, async () => {
      const end = await bench.run(world, {
        steps: [step({ id: 'each', kind: 'forEach', items: '{{ [1..10000] }}', as: 'n', concurrency: 50, steps: [step({ id: 'c', kind: 'http', with: { url: 'https://e.org', body: '{{ n }}' } })] })],
      });
      console.log(end.status, end.error, world.effects.length);
    });
  }, 200_000);
  it('while', async () => {
    const world = new FakeWorld();
    await report('while', world, async () => {
      const end = await bench.run(world, {
        steps: [step({ id: 'loop', kind: 'while', condition: '{{ index < 1500 }}', maxIterations: 20000, steps: [step({ id: 'w', kind: 'wait', with: { seconds: 60 } })] })],
      });
      console.log(end.status, end.error);
    });
  }, 200_000);
});
