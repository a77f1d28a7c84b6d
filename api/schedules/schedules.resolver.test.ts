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

const ask = (query: string, variables: object = {}) =>
  api.graphql({ query, variables: { ...variables } }, world.keys.owner);

const ALL = `id name version input overlap catchUpSeconds source createdAt updatedAt deletedAt
  workflow { id } createdBy { name } paused { at by { name } reason } nextTimes
  spec { crons intervals { everySeconds offsetSeconds } calendars { hour month year } timeZone startsAt endsAt jitterSeconds }
  recentRuns { id } recentRefusals { reason }`;

describe('schedules', () => {
  it('are made, listed, paused and deleted, with all that they are', async () => {
    const input = {
      ...{ workflowId: world.ids.workflow, name: 'All of it', crons: ['0 6 * * *'] },
      intervals: [{ everySeconds: 60 }],
      calendars: [{ hour: '9', month: 'jan-mar' }],
      ...{ timeZone: 'Europe/London', startsAt: '2030-01-01T00:00:00Z', jitterSeconds: 5 },
      ...{ overlap: 'bufferOne', catchUpSeconds: 60, version: 1, input: { name: 'Ada' } },
    };
    const made = await ask(
      `mutation ($input: CreateScheduleInput!) { createSchedule(input: $input) { ${ALL} } }`,
      {
        input,
      },
    );
    expect(made.errors).toEqual([]);
    const schedule = made.data?.['createSchedule'] as { id: string };
    expect(schedule).toMatchObject({
      ...{ name: 'All of it', version: 1, input: { name: 'Ada' }, overlap: 'bufferOne', catchUpSeconds: 60 },
      ...{ source: 'person', paused: null, deletedAt: null, recentRuns: [], recentRefusals: [] },
      ...{ workflow: { id: world.ids.workflow }, createdBy: { name: 'The owner' } },
      nextTimes: ['2030-01-01T06:00:00.000Z', '2030-01-02T06:00:00.000Z'],
      spec: {
        crons: ['0 6 * * *'],
        intervals: [{ everySeconds: 60, offsetSeconds: 0 }],
        calendars: [{ hour: '9', month: 'jan-mar', year: null }],
        ...{
          timeZone: 'Europe/London',
          startsAt: '2030-01-01T00:00:00.000Z',
          endsAt: null,
          jitterSeconds: 5,
        },
      },
    });
    const paused = await ask(
      `mutation ($input: PauseScheduleInput!) { pauseSchedule(input: $input) { ${ALL} } }`,
      {
        input: { scheduleId: schedule.id, reason: 'Holidays' },
      },
    );
    expect(paused.data?.['pauseSchedule']).toMatchObject({
      paused: { by: { name: 'The owner' }, reason: 'Holidays' },
      nextTimes: [],
    });
    const listed = await ask(
      `query ($filter: ScheduleFilter) { schedules(first: 1, filter: $filter) { edges { node { id } } pageInfo { hasNextPage } } }`,
      { filter: { workflowId: world.ids.workflow } },
    );
    expect(listed.data?.['schedules']).toEqual({
      edges: [{ node: { id: schedule.id } }],
      pageInfo: { hasNextPage: true },
    });
    const gone = await ask(
      'mutation ($input: ScheduleInput!) { deleteSchedule(input: $input) { id deletedAt } }',
      {
        input: { scheduleId: schedule.id },
      },
    );
    expect(gone.data?.['deleteSchedule']).toMatchObject({ deletedAt: expect.any(String) });
    const after = await ask('query ($id: ID!) { schedule(id: $id) { id } }', { id: schedule.id });
    expect(after.errors[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', reason: 'schedule_not_found' });
  });

  it('are refused with the field that is wrong', async () => {
    const input = {
      workflowId: world.ids.workflow,
      name: 'Wrong',
      calendars: [{ month: '13' }],
      crons: ['x'],
    };
    const { errors } = await ask(
      'mutation ($input: CreateScheduleInput!) { createSchedule(input: $input) { id } }',
      {
        input,
      },
    );
    expect(errors[0]?.extensions).toMatchObject({
      ...{ code: 'INVALID', reason: 'schedule_invalid' },
      details: { field: 'crons.0', issues: [{ field: 'crons.0' }, { field: 'calendars.0.month' }] },
    });
  });
});
