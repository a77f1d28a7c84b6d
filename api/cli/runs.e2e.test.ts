import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPlatform, type TestPlatform } from '../../workers/testing/platform.ts';
import { until } from '../../workers/testing/until.ts';
import { openCommandLine, type CommandLine } from './testing.ts';

let platform: TestPlatform;
let cli: CommandLine;

const flow = (name: string, steps: object[], more: object = {}) => ({ flow: 'v1', name, steps, ...more });
const hello = { id: 'hello', kind: 'transform', with: { value: 'Hello {{ input.name }}' } };
const wait = { id: 'payment', kind: 'wait', with: { event: 'paid' } };

interface Runs {
  items: { id: string; status: string }[];
}

beforeAll(async () => {
  platform = await openPlatform();
  cli = openCommandLine(platform);
  await cli.publish(
    flow('Greeting', [hello], { output: '{{ steps.hello.output }}' }),
    flow('Hook', [hello], { triggers: [{ kind: 'webhook', input: '{{ body }}' }] }),
    flow('Failing', [hello, { id: 'stop', kind: 'fail', with: { message: 'No more' } }]),
    flow('Waiting', [wait, hello], { output: '{{ steps.payment.output }}' }),
  );
}, 90_000);

afterAll(async () => {
  await platform.stop();
  cli.close();
});

const stands = (id: string, status: string) => platform.waitForRun(id, (run) => run.status === status);
const start = async (workflow: string) => (await cli.json<{ id: string }>('run', workflow)).id;

describe('a run under way', () => {
  it('is paused, told of an event and resumed', async () => {
    const id = await start('Waiting');
    await stands(id, 'WAITING');
    expect((await cli.levqor(['pause', id])).out).toBe(`${id} holds before its next step.\n`);
    expect((await cli.levqor(['send-event', id, 'paid', '{"amount": 12}'])).out).toContain('Sent "paid"');
    await stands(id, 'PAUSED');
    expect((await cli.levqor(['resume', id])).out).toBe(`${id} goes on.\n`);
    expect(await stands(id, 'SUCCEEDED')).toMatchObject({ output: { amount: 12 } });
    expect((await cli.levqor(['pause', id])).code).toBe(1);
  });

  it('is left alone by Ctrl-C, which ends with 130 and without a stack', async () => {
    const { child, ended } = cli.begin(['run', 'Waiting', '--follow']);
    let told = '';
    child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()));
    await until('the wait', () => told.includes('It waits;'));
    child.kill('SIGINT');
    const { code, err } = await ended;
    expect(code).toBe(130);
    expect(err).toMatch(/The run goes on without you; "levqor logs run_\w+ --follow" shows it\.\n$/);
    expect(err).not.toContain('    at ');

    const id = /run_\w+/.exec(err)![0];
    const cancelled = await cli.levqor(['cancel', id, '--reason', 'Enough']);
    expect(cancelled.out).toContain(`${id} was asked to stop.`);
    await stands(id, 'CANCELLED');
  });

  it('is tried with results of its own', async () => {
    const pins = '{"payment": {"output": "pinned"}}';
    const { code, out } = await cli.levqor(['test', 'Waiting', '--pins', pins]);
    expect(code).toBe(0);
    expect(out).toContain('"pinned"');
  });
});

describe('a run that failed', () => {
  it('is run again, after a look', async () => {
    const id = await start('Failing');
    await stands(id, 'FAILED');
    const preview = await cli.levqor(['rerun', id, '--preview']);
    expect(preview.code).toBe(0);
    expect(preview.out).toContain('Begins at stop, with version 1.');
    expect(preview.out).toMatch(/Taken over +hello/);
    const unsaid = await cli.levqor(['rerun', id]);
    expect(unsaid.code).toBe(2);
    expect(unsaid.err).toContain('Say --yes to go ahead, or --preview to look only.');

    const { run } = await cli.json<{ run: { id: string } }>('rerun', id, '--from', 'hello', '--yes');
    await stands(run.id, 'FAILED');
    expect((await cli.levqor(['show', run.id])).out).toContain(`hello of ${id}`);
    const { code, out } = await cli.levqor(['compare', id, run.id]);
    expect(code).toBe(0);
    expect(out).toContain('All steps went the same way.');
  });

  it('is run again with all others that failed for the same reason', async () => {
    await stands(await start('Failing'), 'FAILED');
    const { items } = await cli.json<{ items: { fingerprint: string; open: number }[] }>('failures');
    expect(items).toMatchObject([{ stepId: 'stop' }]);
    const { fingerprint, open } = items[0]!;
    expect(open).toBeGreaterThan(1);
    const words = ['rerun', '--failure', fingerprint];
    expect((await cli.levqor([...words, '--preview'])).out).toContain(`This runs ${open} runs again.`);
    expect((await cli.levqor(words)).code).toBe(2);
    expect((await cli.levqor(['rerun'])).code).toBe(2);
    const done = await cli.levqor([...words, '--yes']);
    expect(done.code).toBe(0);
    expect(done.out).toContain(`Started: ${open} runs. Refused: 0`);
    const bulk = /bulk_\w+/.exec(done.out)![0];
    const late = await cli.levqor(['rerun', '--cancel', bulk]);
    expect(late).toMatchObject({ code: 1, err: expect.stringContaining('is over') });
  });

  it('is no longer run again once that is cancelled, which ends the command that waits for it', async () => {
    await stands(await start('Failing'), 'FAILED');
    const { items } = await cli.json<{ items: { fingerprint: string }[] }>('failures');
    await platform.worker.kill();
    const { ended } = cli.begin(['rerun', '--failure', items[0]!.fingerprint, '--yes']);
    const running = `SELECT 'bulk_' || replace(id::text, '-', '') AS id FROM bulk_rerun WHERE status = 'RUNNING'`;
    const { id } = await until(
      'the bulk re-run',
      async () => (await platform.sql<{ id: string }>(running))[0],
    );
    expect((await cli.levqor(['rerun', 'run_1', '--cancel', id])).code).toBe(2);
    const told = await cli.levqor(['rerun', '--cancel', id]);
    expect(told).toMatchObject({ code: 0, out: expect.stringContaining('Cancelled. Started: 0 runs.') });
    expect(await ended).toMatchObject({
      code: 1,
      out: expect.stringContaining('Cancelled. Started: 0 runs.'),
    });
    await platform.worker.start();
  });
});

describe('a webhook', () => {
  it('is called as another system would, signed where it must be', async () => {
    const { url } = await cli.json<{ url: string }>('webhook', 'Hook');
    expect(url).toContain('/hooks/');
    const called = await cli.levqor(['webhook', 'call', 'Hook', '--body', '{"name": "Ada"}']);
    expect({ code: called.code, first: called.out.split('\n')[0] }).toEqual({ code: 0, first: 'HTTP 202' });
    writeFileSync(cli.file('secret.txt'), 'a secret of sixteen characters');
    await cli.json('webhook', 'Hook', '--verify', 'hmac_sha256', '--secret-file', 'secret.txt');
    expect((await cli.levqor(['webhook', 'call', 'Hook'])).code).toBe(2);
    const signed = await cli.levqor(['webhook', 'call', 'Hook', '--secret-file', 'secret.txt']);
    expect(signed.out).toContain('HTTP 202');
    const { items } = await cli.json<{ items: { outcome: string }[] }>('webhook', 'deliveries', 'Hook');
    expect(items.map(({ outcome }) => outcome)).toEqual(['ACCEPTED', 'ACCEPTED']);
  });

  it('gets a new address only when that was meant', async () => {
    const { url: before } = await cli.json<{ url: string }>('webhook', 'Hook');
    expect((await cli.levqor(['webhook', 'Hook', '--rotate'])).err).toContain('Nothing was changed.');
    expect(await cli.json('webhook', 'Hook')).toMatchObject({ url: before });
    const { url: after } = await cli.json<{ url: string }>('webhook', 'Hook', '--rotate', '--yes');
    expect(after).not.toBe(before);
  });
});

describe('a schedule', () => {
  it('is made with all that it can have, changed and deleted', async () => {
    const how = ['--jitter', '1m', '--catch-up', '2h', '--overlap', 'bufferone', '--version', '1'];
    const words = [
      '--calendar',
      '{"dayOfMonth": 1, "hour": "9"}',
      '--every',
      '6h',
      '--input',
      '{"name": "Z"}',
    ];
    const made = await cli.json('schedule', 'create', 'Greeting', '--name', 'Monthly', ...words, ...how);
    expect(made).toMatchObject({
      overlap: 'bufferOne',
      catchUpSeconds: 7_200,
      version: 1,
      input: { name: 'Z' },
      paused: null,
      spec: {
        intervals: [{ everySeconds: 21_600 }],
        calendars: [{ dayOfMonth: '1', hour: '9' }],
        jitterSeconds: 60,
      },
    });
    const changes = [
      '--name',
      'Weekly',
      '--cron',
      '0 9 * * 1',
      '--ends',
      '2099-01-01',
      '--version',
      'newest',
    ];
    expect(await cli.json('schedule', 'update', 'Monthly', ...changes)).toMatchObject({
      name: 'Weekly',
      version: null,
      overlap: 'bufferOne',
      spec: { crons: ['0 9 * * 1'], intervals: [], calendars: [], endsAt: '2098-12-31T15:00:00.000Z' },
    });
    const endless = await cli.json('schedule', 'update', 'Weekly', '--ends', 'none');
    expect(endless).toMatchObject({ spec: { crons: ['0 9 * * 1'], endsAt: null } });
    expect((await cli.levqor(['schedules'])).out).toMatch(/Weekly +Greeting +0 9 \* \* 1 \(UTC\)/);
    expect((await cli.levqor(['schedule', 'delete', 'Weekly'])).code).toBe(2);
    await cli.json('schedule', 'delete', 'Weekly', '--yes');
    expect((await cli.levqor(['schedules'])).out).toContain('There are no schedules here.');
  });

  it('is looked at before it is made', async () => {
    const words = ['schedule', 'preview', '--cron', '0 9 * * 1', '--time-zone', 'Asia/Tokyo', '--count', '2'];
    const { times } = await cli.json<{ times: string[] }>(...words);
    expect(times.map((time) => [new Date(time).getUTCDay(), time.slice(10)])).toEqual([
      [1, 'T00:00:00.000Z'],
      [1, 'T00:00:00.000Z'],
    ]);
    expect((await cli.levqor(['schedule', 'preview'])).code).toBe(2);
    expect((await cli.levqor(['schedule', 'preview', '--calendar', '{"hours": 9}'])).code).toBe(2);
    expect((await cli.levqor(['schedule', 'preview', '--every', 'soon'])).code).toBe(2);
  });

  it('starts runs when it is triggered or made up for', async () => {
    const name = ['--input', '{"name": "Ada"}', '--paused'];
    await cli.json('schedule', 'create', 'Greeting', '--cron', '0 6 * * *', ...name);
    expect((await cli.levqor(['workflow', 'Greeting'])).out).toContain('0 6 * * * (UTC), paused');
    expect((await cli.levqor(['schedule', 'resume', 'Greeting'])).out).toBe('"Greeting" goes on.\n');
    const next = () => cli.json<{ nextTimes: string[] | null }>('schedule', 'next', 'Greeting');
    const times = await until('the next times', async () => (await next()).nextTimes);
    expect(times[0]).toMatch(/T06:00:00/);
    expect((await cli.levqor(['schedule', 'trigger', 'Greeting'])).out).toContain('was triggered');
    const runs = async () => (await cli.json<Runs>('runs', '--workflow', 'Greeting')).items;
    await until('the run', async () => (await runs()).length === 1);

    const days = ['--from', '2026-11-02T00:00Z', '--until', '2026-11-04T00:00Z', '--overlap', 'allowAll'];
    const words = ['schedule', 'backfill', 'Greeting', ...days];
    expect((await cli.levqor([...words, '--preview'])).out).toContain('was due 2 times in it');
    expect((await cli.levqor(words)).code).toBe(2);
    await cli.json(...words, '--yes');
    await until('the runs', async () => (await runs()).length === 3);
    await cli.json('schedule', 'pause', 'Greeting', '--reason', 'Holiday');
    expect((await cli.levqor(['schedules'])).out).toContain('paused');
  });
});
