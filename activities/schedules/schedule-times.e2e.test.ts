import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@temporalio/client';
import { lazyClient } from '../../temporal/client.ts';
import { parseKeyring } from '../../temporal/keyring.ts';
import { testTemporalAddress } from '../../temporal/testing.ts';
import { makeNamespace } from '../../workers/testing/namespace.ts';
import type { TenantId } from '../../workflows/ids.ts';
import { OVERLAP_POLICIES, type ScheduleSpec, type ScheduleWanted } from '../../workflows/schedules/model.ts';
import type { OutboxMessage } from '../context.ts';
import { MessageRefusedError, sendToTemporal } from '../outbox/index.ts';
import { scheduleTimes, TEMPORAL_OVERLAPS, temporalScheduleId } from './index.ts';
import { EMPTY_SPEC } from './schedule-fields.ts';

let client: Client;
beforeAll(async () => {
  const address = testTemporalAddress();
  const namespace = await makeNamespace(address);
  const keyring = parseKeyring(`test:${randomBytes(32).toString('base64')}`);
  client = lazyClient({ address, namespace, tls: false, apiKey: undefined }, keyring);
}, 60_000);
afterAll(() => client.connection.close());

const tenantId = randomUUID() as TenantId;
const send = (message: OutboxMessage) => sendToTemporal(client)({ tenantId, id: randomUUID(), message });
const wantedOf = (spec: Partial<ScheduleSpec>, more: Partial<ScheduleWanted> = {}): ScheduleWanted => ({
  spec: { ...EMPTY_SPEC, ...spec },
  overlap: 'skip',
  catchUpSeconds: 3_600,
  paused: false,
  note: 'A test',
  ...more,
});

/** Brings a schedule to Temporal as the outbox does. */
async function sync(wanted: ScheduleWanted | null, scheduleId = randomUUID()) {
  await send({ kind: 'syncSchedule', scheduleId, wanted });
  return { tenantId, scheduleId };
}
const describeIn = (key: { tenantId: TenantId; scheduleId: string }) =>
  client.schedule.getHandle(temporalScheduleId(key)).describe();

/** The next ten times of one cron text from `startsAt` on, as Temporal has them. */
async function nextTen(cron: string, timeZone: string, startsAt: string): Promise<string[]> {
  const key = await sync(wantedOf({ crons: [cron], timeZone, startsAt }));
  const times = await scheduleTimes(client).next(key);
  await sync(null, key.scheduleId);
  return (times ?? []).map((time) => time.toISOString().slice(0, 16));
}

/** `2027-03-25T01:30`, then the same time of the days after it. */
function days(first: string, count: number): string[] {
  return Array.from({ length: count }, (_, day) =>
    new Date(Date.parse(`${first}Z`) + day * 86_400_000).toISOString().slice(0, 16),
  );
}
function hours(first: string, count: number): string[] {
  return Array.from({ length: count }, (_, hour) =>
    new Date(Date.parse(`${first}Z`) + hour * 3_600_000).toISOString().slice(0, 16),
  );
}

// Written by hand from the rules of the zones, in UTC: local time in winter and summer, and the day of the switch.
describe('the next ten times around a switch of the clocks', () => {
  it.each<[zone: string, what: string, cron: string, startsAt: string, times: string[]]>([
    [
      'Europe/London',
      'spring: 09:00 stays 09:00',
      '0 9 * * *',
      '2027-03-25T00:00:00Z',
      [...days('2027-03-25T09:00', 3), ...days('2027-03-28T08:00', 7)],
    ],
    [
      'Europe/London',
      'spring: 01:30 is left out on the day without it',
      '30 1 * * *',
      '2027-03-25T00:00:00Z',
      [...days('2027-03-25T01:30', 3), ...days('2027-03-29T00:30', 7)],
    ],
    [
      'Europe/London',
      'autumn: 09:00 stays 09:00',
      '0 9 * * *',
      '2027-10-29T00:00:00Z',
      [...days('2027-10-29T08:00', 2), ...days('2027-10-31T09:00', 8)],
    ],
    [
      'Europe/London',
      'autumn: 01:30 comes twice and is due the second time',
      '30 1 * * *',
      '2027-10-29T00:00:00Z',
      [...days('2027-10-29T00:30', 2), ...days('2027-10-31T01:30', 8)],
    ],
    [
      'America/New_York',
      'spring: 09:00 stays 09:00',
      '0 9 * * *',
      '2027-03-12T00:00:00Z',
      [...days('2027-03-12T14:00', 2), ...days('2027-03-14T13:00', 8)],
    ],
    [
      'America/New_York',
      'spring: 02:30 is left out on the day without it',
      '30 2 * * *',
      '2027-03-12T00:00:00Z',
      [...days('2027-03-12T07:30', 2), ...days('2027-03-15T06:30', 8)],
    ],
    [
      'America/New_York',
      'autumn: 09:00 stays 09:00',
      '0 9 * * *',
      '2027-11-05T00:00:00Z',
      [...days('2027-11-05T13:00', 2), ...days('2027-11-07T14:00', 8)],
    ],
    [
      'America/New_York',
      'autumn: 01:30 comes twice and is due twice',
      '30 1 * * *',
      '2027-11-05T00:00:00Z',
      [...days('2027-11-05T05:30', 3), ...days('2027-11-07T06:30', 7)],
    ],
    [
      'Australia/Lord_Howe',
      'spring by half an hour: 09:00 stays 09:00',
      '0 9 * * *',
      '2027-09-30T00:00:00Z',
      [...days('2027-09-30T22:30', 2), ...days('2027-10-02T22:00', 8)],
    ],
    [
      'Australia/Lord_Howe',
      'autumn by half an hour: 09:00 stays 09:00',
      '0 9 * * *',
      '2027-04-01T00:00:00Z',
      [...days('2027-04-01T22:00', 2), ...days('2027-04-03T22:30', 8)],
    ],
    [
      'America/Sao_Paulo',
      'no switch: noon stays 15:00 UTC',
      '0 12 * * *',
      '2027-02-15T00:00:00Z',
      days('2027-02-15T15:00', 10),
    ],
    [
      'America/Sao_Paulo',
      'no switch in October either',
      '30 0 * * *',
      '2027-10-14T00:00:00Z',
      days('2027-10-14T03:30', 10),
    ],
  ])('%s, %s', async (zone, _, cron, startsAt, times) => {
    expect(await nextTen(cron, zone, startsAt)).toEqual(times);
  });

  // Temporal's own doing, kept here so that a change of it is seen: with a switch of half an hour, an hourly time that
  // does not exist, or comes twice, is due at the moment of the switch too.
  it.each<[what: string, startsAt: string, times: string[]]>([
    ['spring', '2027-10-02T12:00:00Z', [...hours('2027-10-02T12:30', 4), ...hours('2027-10-02T16:00', 6)]],
    ['autumn', '2027-04-03T12:00:00Z', [...hours('2027-04-03T12:00', 4), ...hours('2027-04-03T15:30', 6)]],
  ])('Australia/Lord_Howe, each hour, %s', async (_, startsAt, times) => {
    expect(await nextTen('0 * * * *', 'Australia/Lord_Howe', startsAt)).toEqual(times);
  });
});

describe('cron texts that our rule takes', () => {
  it.each([
    ['0 6 * * 7', ['2027-03-07T06:00', '2027-03-14T06:00']],
    ['0 6 * * sun', ['2027-03-07T06:00', '2027-03-14T06:00']],
    ['0 6 * * 5-7', ['2027-03-05T06:00', '2027-03-06T06:00', '2027-03-07T06:00', '2027-03-12T06:00']],
    ['5/20 3 1 mar *', ['2027-03-01T03:05', '2027-03-01T03:25', '2027-03-01T03:45', '2028-03-01T03:05']],
    ['0 0 29 2 *', ['2028-02-29T00:00', '2032-02-29T00:00']],
    ['0 0 13 * fri', ['2027-08-13T00:00', '2028-10-13T00:00']],
    ['*/90 1 * * *', ['2027-03-01T01:00', '2027-03-02T01:00']],
  ])('%s mean the same to Temporal', async (cron, first) => {
    const times = await nextTen(cron, 'UTC', '2027-03-01T00:00:00Z');
    expect(times.slice(0, first.length)).toEqual(first);
  });
});

describe('a schedule in Temporal', () => {
  const daily = { crons: ['0 6 * * *'] };

  it('has intervals with their offsets, calendars, jitter, period and catch-up', async () => {
    const key = await sync(
      wantedOf(
        {
          intervals: [{ everySeconds: 900, offsetSeconds: 60 }],
          calendars: [{ hour: '8-10/2', minute: '30', dayOfWeek: 'mon-fri', year: '2028' }],
          timeZone: 'Europe/London',
          jitterSeconds: 45,
          startsAt: '2028-01-01T00:00:00.000Z',
          endsAt: '2028-02-01T00:00:00.000Z',
        },
        { catchUpSeconds: 600 },
      ),
    );
    const { spec, policies, action } = await describeIn(key);
    expect(spec.intervals).toEqual([{ every: 900_000, offset: 60_000 }]);
    expect(spec.calendars).toHaveLength(1);
    expect(spec.calendars?.[0]).toMatchObject({
      second: [{ start: 0, end: 0 }],
      minute: [{ start: 30, end: 30 }],
      hour: [{ start: 8, end: 10, step: 2 }],
      dayOfWeek: [{ start: 'MONDAY', end: 'FRIDAY' }],
      year: [{ start: 2028, end: 2028 }],
    });
    expect([spec.jitter, spec.timezone]).toEqual([45_000, 'Europe/London']);
    expect([spec.startAt?.toISOString(), spec.endAt?.toISOString()]).toEqual([
      '2028-01-01T00:00:00.000Z',
      '2028-02-01T00:00:00.000Z',
    ]);
    expect(policies).toMatchObject({ catchupWindow: 600_000, pauseOnFailure: false });
    expect(action).toMatchObject({ workflowType: 'runSchedule', args: [key] });
  });

  it.each(OVERLAP_POLICIES)('has the overlap policy %s', async (overlap) => {
    const { policies } = await describeIn(await sync(wantedOf(daily, { overlap })));
    expect(policies.overlap).toBe(TEMPORAL_OVERLAPS[overlap]);
    expect(TEMPORAL_OVERLAPS[overlap].replace('_', '').toLowerCase()).toBe(overlap.toLowerCase());
  });

  it('follows each change, repeated ones too, and is paused with the reason', async () => {
    const key = await sync(wantedOf(daily));
    const paused = wantedOf({ crons: ['0 7 * * *'] }, { paused: true, note: 'Holidays' });
    await sync(paused, key.scheduleId);
    await sync(paused, key.scheduleId);
    const held = await describeIn(key);
    expect(held.state).toMatchObject({ paused: true, note: 'Holidays' });
    expect(held.spec.calendars?.map((one) => one.hour)).toEqual([[{ start: 7, end: 7, step: 1 }]]);
    expect(held.action.args).toEqual([key]);
    await sync(wantedOf(daily), key.scheduleId);
    expect((await describeIn(key)).state).toMatchObject({ paused: false, note: 'A test' });
  });

  it('is gone when it is deleted, and what is asked of it later is no error', async () => {
    const key = await sync(wantedOf(daily));
    await sync(null, key.scheduleId);
    await sync(null, key.scheduleId);
    await expect(describeIn(key)).rejects.toThrow(/not found|workflow execution already completed/i);
    const { scheduleId } = key;
    await send({ kind: 'triggerSchedule', scheduleId, overlap: 'skip' });
    await send({
      kind: 'backfillSchedule',
      scheduleId,
      overlap: 'skip',
      from: '2026-01-01T00:00:00Z',
      until: '2026-01-02T00:00:00Z',
    });
    expect(await scheduleTimes(client).next(key)).toBeNull();
  });

  it('is triggered once by a message that comes twice', async () => {
    const key = await sync(wantedOf(daily, { paused: true }));
    const message = { kind: 'triggerSchedule', scheduleId: key.scheduleId, overlap: 'allowAll' } as const;
    const queued = { tenantId, id: randomUUID(), message };
    await sendToTemporal(client)(queued);
    await sendToTemporal(client)(queued);
    // Temporal takes up what it is asked in order: the change behind them tells that both were seen.
    await sync(wantedOf(daily, { paused: true, note: 'Behind' }), key.scheduleId);
    const { info, state } = await describeIn(key);
    expect([state.note, info.numActionsTaken]).toEqual(['Behind', 1]);
  });

  it('is refused for good when the server does not take its times', async () => {
    await expect(sync(wantedOf({ crons: ['not a cron'] }))).rejects.toBeInstanceOf(MessageRefusedError);
  });
});

describe('a preview', () => {
  it('gives what the schedule itself would give, and leaves nothing behind', async () => {
    const spec = {
      ...EMPTY_SPEC,
      crons: ['30 1 * * *'],
      timeZone: 'Europe/London',
      startsAt: '2027-03-27T00:00:00Z',
    };
    const times = await scheduleTimes(client).preview(randomUUID() as TenantId, spec);
    expect(times.slice(0, 3).map((time) => time.toISOString().slice(0, 16))).toEqual([
      '2027-03-27T01:30',
      ...days('2027-03-29T00:30', 2),
    ]);
    const { namespace } = client.options;
    const { schedules } = await client.workflowService.listSchedules({ namespace, maximumPageSize: 100 });
    expect(schedules?.filter((one) => one.info?.notes === 'A preview')).toEqual([]);
  });

  it('says in our words that times cannot be kept, or that Temporal is away', async () => {
    const wrong = scheduleTimes(client).preview(tenantId, { ...EMPTY_SPEC, crons: ['x'] });
    await expect(wrong).rejects.toMatchObject({ code: 'INVALID', reason: 'schedule_invalid' });
    const between = { from: new Date('2026-01-01T00:00:00Z'), until: new Date('2026-01-02T00:00:00Z') };
    const unknown = scheduleTimes(client).between({ tenantId, scheduleId: randomUUID() }, between);
    await expect(unknown).rejects.toMatchObject({ reason: 'schedule_not_ready' });
    const keyring = parseKeyring(`test:${randomBytes(32).toString('base64')}`);
    const away = lazyClient(
      { address: '127.0.0.1:1', namespace: 'x', tls: false, apiKey: undefined },
      keyring,
    );
    const times = scheduleTimes(away);
    const preview = expect(times.preview(tenantId, EMPTY_SPEC)).rejects.toMatchObject({
      reason: 'times_unavailable',
    });
    expect(await times.next({ tenantId, scheduleId: randomUUID() })).toBeNull();
    await preview;
    await away.connection.close();
  });
});
