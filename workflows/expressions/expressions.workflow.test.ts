import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, Worker, type WorkflowBundle } from '@temporalio/worker';
import { timeSkippingEnvironment } from '../../temporal/testing.ts';
import type { Json } from '../json.ts';
import type { evaluateAll } from './evaluating-workflow.fixture.ts';
import { createExpressions } from './index.ts';

const QUEUE = 'expressions-test';
let environment: TestWorkflowEnvironment;
let bundle: WorkflowBundle;
beforeAll(async () => {
  const workflowsPath = fileURLToPath(new URL('./evaluating-workflow.fixture.ts', import.meta.url));
  [environment, bundle] = await Promise.all([
    timeSkippingEnvironment(),
    bundleWorkflowCode({ workflowsPath, logger: quiet }),
  ]);
}, 60_000);
afterAll(() => environment.teardown());

const quiet = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} };
const scope = { input: { items: [{ qty: 2, price: 3 }], text: 'a1b22' } };

describe('inside a Temporal workflow', () => {
  it('gives what it gives outside', async () => {
    const sources = [
      '$sum(input.items.(qty * price))',
      '$replace(input.text, /(\\d+)/, "<$1>")',
      '$base64encode("hello") & $base64decode("aGVsbG8=") & $encodeUrlComponent("ä &")',
      '$substring(?, 0, 2)(input.text)',
      '$toMillis("2026-01-02", "[Y0001]-[M01]-[D01]") & $fromMillis(0, "[D] [MNn] [Y]")',
      '$sort([3, 1, 2], function($l, $r) { $l < $r })',
    ];
    const outside = createExpressions();
    const expected = sources.map((source) => outside.evaluate(source, scope));
    expect(await evaluateThere(sources)).toEqual(expected);
  });

  it('refuses before the sandbox runs out of time', async () => {
    const sources = [
      '($f := function($x){$f($x)}; $f(1))',
      '[1..9999].[1..9999]',
      '$string($reduce([1..40], function($a,$i){ {"l":$a,"r":$a} }))',
      '$replace($pad("", 200000, "a"), /a.*b|a/, "x")',
      '('.repeat(3_000),
    ];
    expect(await evaluateThere(sources)).toEqual(
      ['cost', 'cost', 'value_too_large', 'cost', 'source_too_deep'].map((refused) => ({ refused })),
    );
  });

  it('has the time and the chance of the workflow, which a replay repeats', async () => {
    const [now, chance] = await evaluateThere(['$now()', '$random()']);
    expect(now).toMatch(/^\d{4}-/);
    expect(chance).toBeLessThan(1);
  });
});

async function evaluateThere(sources: string[]): Promise<Json[]> {
  const worker = await Worker.create({
    connection: environment.nativeConnection,
    workflowBundle: bundle,
    taskQueue: QUEUE,
  });
  const workflowId = `expressions-${sources.join(' ').slice(0, 80)}`;
  const values = await worker.runUntil(
    environment.client.workflow.execute<typeof evaluateAll>('evaluateAll', {
      taskQueue: QUEUE,
      workflowId,
      args: [sources, scope],
    }),
  );
  const history = await environment.client.workflow.getHandle(workflowId).fetchHistory();
  await Worker.runReplayHistory({ workflowBundle: bundle }, history, workflowId);
  return values;
}
