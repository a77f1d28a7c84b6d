import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import proto from '@temporalio/proto';
import { DefaultLogger, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import { bundleWorkflows } from '../../workers/bundle.ts';
import { RECORDED_HELPERS } from '../../workers/testing/recorded-helpers.ts';
import { RECORDED_TRIALS } from '../../workers/testing/recorded-trials.ts';
import { STEP_KINDS } from '../definitions/model.ts';
import { FakeWorld } from './testing.ts';

const FOLDER = fileURLToPath(new URL('./histories/', import.meta.url));
const FAILURE_CONVERTER = fileURLToPath(new URL('../../temporal/failure-converter.ts', import.meta.url));
const WORKFLOWS = fileURLToPath(new URL('../', import.meta.url));
const MOST_BYTES = 400_000;

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

/** What happens to runs, and the trials that show it. Each name is a file, or several. */
const SHOWN: Record<string, string[]> = {
  'an approval that is given, denied or expires': [
    ...[
      'approval-approved',
      'approval-denied',
      'approval-denied-and-on',
      'approval-expired',
      'approval-in-a-loop',
    ],
  ],
  'an approval with reminder and escalation': ['approval-reminded-and-escalated', 'approval-escalated'],
  'an approval by a delegate, with mails': ['approval-delegated-and-mailed'],
  'an action that asks for its own approval': ['action-before-launch'],
  'a step that is stopped as it asks people': ['stopped-as-it-asks'],
  cancel: ['cancelled', 'cancelled-with-its-child', 'stopped-before-its-next-attempt'],
  'pause and resume': ['paused'],
  'continue-as-new': ['new-history', 'new-history.next1', 'new-history.next2', 'carried-on'],
  'a called run': [
    'child-by-message',
    'child-by-message.child1',
    'child-by-message-failed',
    'calls-tried-again',
  ],
  'a called run that nobody waits for': ['child-not-waited-for', 'child-not-waited-for.child1'],
  'a called run that is cancelled': ['child-by-message-cancelled', 'child-by-message-cancelled.child1'],
  'events, early and late, and none': ['events-early-and-late', 'event-that-never-came'],
  attempts: ['retried', 'retried-as-a-whole', 'loops-tried-again', 'failed-and-on'],
  'a failure side by side': ['failed-in-parallel'],
  'time limits': ['step-timed-out', 'run-timed-out'],
  'a run again from a step': ['run-again'],
  'a test run': ['test-run'],
  'a run that waits for its place': ['queued-then-admitted'],
  'values outside of the history': ['values-stored-outside'],
  'a schedule': ['helper-schedule', 'helper-schedule-nothing-due', 'helper-schedule-of-a-run-that-fails'],
  'a schedule that is cancelled': ['helper-schedule-cancelled'],
  'a delivery': ['helper-delivery'],
  'a bulk re-run': ['helper-bulk-rerun'],
  'mails about an approval': ['helper-approval-mail'],
};
const SIGNALS = ['approvalDecided', 'event', 'setPaused', 'admitted', 'childEnded'];

const all = Buffer.concat(files.map(bytesOf));
/** The workflows that Temporal can start, as their files are called. */
const workflows = readdirSync(WORKFLOWS, { recursive: true, encoding: 'utf8' })
  .flatMap((path) => /([a-z-]+)\.workflow\.ts$/.exec(path)?.[1] ?? [])
  .map((name) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()));

describe('the recorded histories', () => {
  it('are there for every trial, and are small', () => {
    const names = Object.keys({ ...RECORDED_TRIALS, ...RECORDED_HELPERS }).map((name) => `${name}.bin`);
    expect(files).toEqual(expect.arrayContaining(names));
    expect(all.length).toBeLessThan(MOST_BYTES);
  });

  it.each(Object.entries(SHOWN))('show %s', (_, names) => {
    expect(names.filter((name) => !files.includes(`${name}.bin`))).toEqual([]);
  });

  it('hold every kind of step, every workflow, every signal and everything that runs ask of the world', () => {
    expect(STEP_KINDS.filter((kind) => !all.includes(`"kind":"${kind}"`))).toEqual([]);
    const started = new Set(
      files.map(
        (file) => historyOf(file).events[0]?.workflowExecutionStartedEventAttributes?.workflowType?.name,
      ),
    );
    expect(workflows).toContain('runDefinition');
    expect(workflows.filter((name) => !started.has(name))).toEqual([]);
    const asked = [...Object.keys(new FakeWorld().activities), ...SIGNALS];
    expect(asked.filter((name) => !all.includes(name))).toEqual([]);
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
