import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { timeSkippingEnvironment } from '../../temporal/testing.ts';
import type { Step } from '../definitions/model.ts';
import { temporalWorkflowId, type WorkflowId } from '../ids.ts';
import type { CloseRunInput, RecordStepsInput } from './activities.ts';
import type { RunOutcome, WrittenRun } from './model.ts';
import { FakeWorld, TrialBench } from './testing.ts';

let bench: TrialBench;
beforeAll(async () => {
  bench = await TrialBench.open(timeSkippingEnvironment);
}, 60_000);
afterAll(() => bench?.environment.teardown());

const transform = { id: 'double', kind: 'transform', with: { value: '{{ input * 2 }}' } } as Step;
const pause = { id: 'pause', kind: 'wait', with: { seconds: 60 } } as Step;

const writtenRun = (steps: Step[]): WrittenRun => ({
  workflow: { id: 'flow' as WorkflowId, name: 'Flow', version: 1, hash: 'hash' },
  flow: { flow: 'v1', steps },
  input: { value: 21 },
  requesterId: null,
  launchStage: 'post-launch',
  depth: 0,
  cancelRequested: false,
});

/** A world that notes what was asked of it, in which runs cannot read themselves. */
class WatchedWorld extends FakeWorld {
  readonly records: RecordStepsInput[] = [];
  readonly closings: CloseRunInput[] = [];
  /** How a run had ended before, when it is closed. */
  before: RunOutcome | null = null;

  constructor() {
    super();
    const { recordSteps, closeRun } = this.activities;
    Object.assign(this.activities, {
      openRun: () => Promise.reject(new Error('The run was not to read itself')),
      recordSteps: (input: RecordStepsInput) => {
        this.records.push(input);
        return recordSteps(input);
      },
      closeRun: async (input: CloseRunInput) => {
        this.closings.push(input);
        await closeRun(input);
        return this.before;
      },
    });
  }
}

const runIt = (world: WatchedWorld, steps: Step[]) => bench.run(world, { steps, written: writtenRun(steps) });

describe('a run whose start carries it', () => {
  it('does not read itself, and says with its end when it began', async () => {
    const world = new WatchedWorld();
    const end = await runIt(world, [transform]);
    expect(end).toMatchObject({ status: 'SUCCEEDED', output: { value: 42 } });
    expect(world.records).toEqual([]);
    expect(world.closings).toEqual([expect.objectContaining({ begunAt: expect.stringMatching(/^20.*Z$/) })]);
  });

  it('says so once, as soon as it comes to rest', async () => {
    const world = new WatchedWorld();
    await runIt(world, [pause, transform, { ...pause, id: 'again' }]);
    const begun = world.records.map(({ begunAt }) => begunAt !== undefined);
    expect(begun.length).toBeGreaterThan(1);
    expect(begun.filter(Boolean)).toHaveLength(1);
    expect(begun[0]).toBe(true);
    expect(world.closings[0]).not.toHaveProperty('begunAt');
  });

  it('ends for Temporal as its row had ended, when its last task is given again', async () => {
    const world = new WatchedWorld();
    world.before = { status: 'FAILED', error: { code: 'SOLD_OUT', message: 'None left.', ...NOWHERE } };
    const runId = (await runIt(world, [transform])).runId;
    await expect(
      bench.environment.client.workflow.getHandle(temporalWorkflowId(world.tenantId, runId)).result(),
    ).rejects.toThrow(expect.objectContaining({ cause: expect.objectContaining({ type: 'SOLD_OUT' }) }));
  });
});

const NOWHERE = { stepId: null, path: null, details: null };
