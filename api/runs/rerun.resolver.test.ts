import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeWorld, type World } from '../testing/world.ts';
import { openTestApi, type TestApi } from '../testing/api.ts';

let api: TestApi;
let world: World;
beforeAll(async () => {
  api = await openTestApi();
  world = await makeWorld(api);
});
afterAll(() => api.close());

const ask = (query: string, input: object) => askWith(query, { input });
async function askWith(query: string, variables: Record<string, unknown>) {
  const { data, errors } = await api.graphql({ query, variables }, world.keys.operator);
  expect(errors).toEqual([]);
  return data as Record<string, Record<string, unknown>>;
}

const PREVIEW = `query ($input: PreviewRerunInput!) { previewRerun(input: $input) {
  fromStep startsAt movedBecause version reused asksAgain repeats { path summary class idempotent note }
  changed differences { kind stepId } problems { reason message } } }`;
const RERUN = `mutation ($input: RerunFromStepInput!) { rerunFromStep(input: $input) {
  id status trigger rerunOf rerunFrom version launchStage steps { path reusedFrom } } }`;

describe('a run again', () => {
  it('is shown before it is started', async () => {
    const { previewRerun } = await ask(PREVIEW, { runId: world.ids.finishedRun, fromStep: 'hello' });
    const nothing = { reused: [], asksAgain: [], repeats: [], changed: [], differences: [], problems: [] };
    expect(previewRerun).toEqual({
      ...{ fromStep: 'hello', startsAt: 'hello', movedBecause: null, version: 1 },
      ...nothing,
    });
  });

  it('is a run that knows which one it does again, once for one idempotency key', async () => {
    const input = { runId: world.ids.finishedRun, fromStep: 'hello', idempotencyKey: 'again' };
    const { rerunFromStep } = await ask(RERUN, input);
    expect(rerunFromStep).toMatchObject({
      ...{ status: 'QUEUED', trigger: 'rerun', version: 1, launchStage: 'pre-launch', steps: [] },
      ...{ rerunOf: world.ids.finishedRun, rerunFrom: 'hello' },
    });
    expect((await ask(RERUN, input))['rerunFromStep']?.['id']).toBe(rerunFromStep?.['id']);
  });

  it('names the field of a step that the run does not have', async () => {
    const input = { runId: world.ids.finishedRun, fromStep: 'nowhere' };
    const { errors } = await api.graphql({ query: PREVIEW, variables: { input } }, world.keys.operator);
    expect(errors[0]?.extensions).toMatchObject({ code: 'INVALID', details: { field: 'fromStep' } });
  });
});

const COMPARE = `query ($left: ID!, $right: ID!) { compareRuns(left: $left, right: $right) {
  left { runId version status durationMs } right { version status durationMs } same truncated firstDivergence { path what left right } differences { kind }
  steps { path same differs slowerByMs left { status durationMs attempt reused } right { status } } } }`;

describe('two runs side by side', () => {
  it('shows where they first went different ways', async () => {
    const left = world.ids.finishedRun;
    const { rerunFromStep } = await ask(RERUN, { runId: left, fromStep: 'hello' });
    const { compareRuns } = await askWith(COMPARE, { left, right: rerunFromStep?.['id'] });
    const side = { status: 'SUCCEEDED', durationMs: 1, attempt: 1, reused: false };
    expect(compareRuns).toEqual({
      ...{ same: false, truncated: false, differences: [] },
      left: { runId: left, version: 1, status: 'SUCCEEDED', durationMs: expect.any(Number) },
      right: { version: 1, status: 'QUEUED', durationMs: null },
      firstDivergence: { path: 'hello', what: 'MISSING', left: 'SUCCEEDED', right: null },
      steps: [
        { path: 'hello', same: false, differs: ['MISSING'], slowerByMs: null, left: side, right: null },
      ],
    });
  });

  it('refuses runs of different workflows, naming the argument', async () => {
    const variables = { left: world.ids.finishedRun, right: world.ids.run };
    const { errors } = await api.graphql({ query: COMPARE, variables }, world.keys.operator);
    expect(errors[0]?.extensions).toMatchObject({ code: 'INVALID', details: { field: 'right' } });
  });
});
