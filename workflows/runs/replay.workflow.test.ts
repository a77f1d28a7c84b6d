import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import proto from '@temporalio/proto';
import { DefaultLogger, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import { bundleWorkflows } from '../../workers/bundle.ts';
import { RECORDED_TRIALS } from '../../workers/testing/recorded-trials.ts';
import { STEP_KINDS } from '../definitions/model.ts';

const FOLDER = fileURLToPath(new URL('./histories/', import.meta.url));
const FAILURE_CONVERTER = fileURLToPath(new URL('../../temporal/failure-converter.ts', import.meta.url));
const MOST_BYTES = 300_000;

const files = readdirSync(FOLDER).filter((name) => name.endsWith('.bin'));
const bytesOf = (file: string) => readFileSync(FOLDER + file);
const historyOf = (file: string) => proto.temporal.api.history.v1.History.decode(bytesOf(file));
type History = ReturnType<typeof historyOf>;

let bundle: WorkflowBundle;
beforeAll(async () => {
  Runtime.install({
    logger: new DefaultLogger('ERROR', () => undefined),
    telemetryOptions: { logging: { filter: 'OFF', forward: {} } },
  });
  bundle = await bundleWorkflows();
}, 60_000);

/** What is wrong with each history under these workflows, by name. Empty when all of them replay. */
async function faults(workflowBundle: WorkflowBundle, histories: [string, History][]): Promise<string[]> {
  const found: string[] = [];
  const replays = Worker.runReplayHistories(
    { workflowBundle, dataConverter: { failureConverterPath: FAILURE_CONVERTER } },
    histories.map(([workflowId, history]) => ({ workflowId, history })),
  );
  for await (const { workflowId, error } of replays)
    if (error) found.push(`${workflowId}: ${error.name} ${error.message}`);
  return found;
}

describe('the recorded histories', () => {
  it('are there for every trial, hold every kind of step, and are small', () => {
    expect(files).toEqual(expect.arrayContaining(Object.keys(RECORDED_TRIALS).map((name) => `${name}.bin`)));
    const all = Buffer.concat(files.map(bytesOf));
    expect(STEP_KINDS.filter((kind) => !all.includes(`"kind":"${kind}"`))).toEqual([]);
    expect(all.length).toBeLessThan(MOST_BYTES);
  });

  it('are taken by the workflows as they are now', async () => {
    expect(
      await faults(
        bundle,
        files.map((file) => [file, historyOf(file)]),
      ),
    ).toEqual([]);
  }, 60_000);
});

describe('a change that would break running workflows', () => {
  const file = 'retried.bin';

  it('is found when the workflows ask for another activity', async () => {
    const changed = { ...bundle, code: bundle.code.replaceAll('executeEffect', 'executeOther') };
    expect(changed.code).not.toBe(bundle.code);
    expect(await faults(changed, [[file, historyOf(file)]])).toEqual([
      expect.stringMatching(/^retried\.bin: DeterminismViolationError .*executeEffect/s),
    ]);
  }, 30_000);

  it('is found when a history tells of another step than the workflows take', async () => {
    const history = historyOf(file);
    const event = history.events.find(({ timerStartedEventAttributes }) => timerStartedEventAttributes);
    expect(event).toBeDefined();
    history.events.splice(history.events.indexOf(event!), 1);
    for (const [index, one] of history.events.entries()) Object.assign(one, { eventId: index + 1 });
    expect(await faults(bundle, [[file, history]])).not.toEqual([]);
  }, 30_000);
});
