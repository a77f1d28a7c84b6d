import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPlatform, type TestPlatform } from '../../workers/testing/platform.ts';
import { openCommandLine, type CommandLine } from './testing.ts';

let platform: TestPlatform;
let cli: CommandLine;

const approval = (name: string, more: object = {}) => ({
  flow: 'v1',
  name,
  steps: [{ id: 'gate', kind: 'approval', with: { title: 'Open the gate', class: 'B', ...more } }],
  output: '{{ steps.gate.output }}',
});
const FORM = [
  { name: 'amount', label: 'How much', type: 'number', required: true },
  { name: 'note', label: 'Anything else', type: 'text' },
];
const as = (person: string) => ['--profile', person];

interface Listed {
  items: { id: string; title: string }[];
}

beforeAll(async () => {
  platform = await openPlatform();
  cli = openCommandLine(platform);
  await cli.publish(approval('Gate'), approval('Form', { form: FORM }));
}, 90_000);

afterAll(async () => {
  await platform.stop();
  cli.close();
});

/** Starts a run as the operator; gives its id and that of its request. */
async function ask(workflow: string): Promise<{ run: string; request: string }> {
  const { id: run } = await cli.json<{ id: string }>('run', workflow, ...as('operator'));
  await platform.waitForRun(run, ({ status }) => status === 'WAITING');
  const { items } = await cli.json<Listed>('approvals', '--run', run, ...as('finance'));
  return { run, request: items[0]!.id };
}

describe('a decision', () => {
  it('is made by another person, for the plan that was read, which is printed', async () => {
    const { run, request } = await ask('Gate');
    const mine = await cli.json<Listed>('approvals', '--mine', ...as('finance'));
    expect(mine.items).toMatchObject([{ id: request, title: 'Open the gate' }]);
    const own = await cli.levqor(['approve', request, ...as('operator')]);
    expect(own.code).toBe(1);
    expect(own.err).toContain('FORBIDDEN');
    const other = await cli.levqor(['approve', request, '--hash', '0'.repeat(64), ...as('finance')]);
    expect(other.err).toContain('plan_changed');

    const { code, out } = await cli.levqor(['approve', request, ...as('finance')]);
    expect(code).toBe(0);
    expect(out).toMatch(/^Open the gate\n/);
    expect(out).toContain('\nThe plan:\n{');
    expect(out).toMatch(/\nOpen the gate: APPROVED\.\n$/);
    const followed = await cli.levqor(['logs', run, '--follow', ...as('viewer')]);
    expect({ code: followed.code, err: followed.err }).toEqual({
      code: 0,
      err: expect.stringContaining('The run is over: SUCCEEDED.'),
    });
    expect((await cli.levqor(['approval', request])).out).toContain('DECIDED');
  });

  it('is made at once for several requests that ask for the same', async () => {
    const asked = [await ask('Gate'), await ask('Gate')];
    const ids = asked.map(({ request }) => request);
    const { code, out } = await cli.levqor(['approve', ...ids, '--reason', 'All', ...as('finance')]);
    expect(code).toBe(0);
    expect(out).toContain(`And the same for: Open the gate (${ids[1]!})`);
    expect(out).toMatch(/\nOpen the gate: APPROVED\.\nOpen the gate: APPROVED\.\n$/);
    for (const { run } of asked) await platform.waitForRun(run, ({ status }) => status === 'SUCCEEDED');

    const again = await cli.levqor(['deny', ...ids, '--reason', 'No', ...as('finance')]);
    expect(again.code).toBe(1);
    expect(again.out).toContain(`${ids[0]!} was not decided:`);
  });

  it('fills in the form of its request', async () => {
    const { run, request } = await ask('Form');
    expect((await cli.levqor(['approval', request])).out).toMatch(/amount +How much +number +yes/);
    const empty = await cli.levqor(['approve', request, ...as('finance')]);
    expect(empty.code).toBe(1);
    const text = await cli.levqor(['approve', request, '--answers', '{"amount": "x"}', ...as('finance')]);
    expect(text.code).toBe(1);
    cli.write('answers.json', { amount: 12 });
    const done = await cli.json<{ plan: object }>(
      'approve',
      request,
      '--answers',
      'answers.json',
      ...as('finance'),
    );
    expect(done).toMatchObject({ items: [{ status: 'APPROVED' }], plan: expect.any(Object) });
    const { output } = await platform.waitForRun(run, ({ status }) => status === 'SUCCEEDED');
    expect(output).toMatchObject({ decision: 'approved', answers: { amount: 12 } });
  });

  it('differs where the requests differ, and is refused for all together', async () => {
    const gate = await ask('Gate');
    const form = await ask('Form');
    const { code, err } = await cli.levqor(['approve', gate.request, form.request, ...as('finance')]);
    expect(code).toBe(2);
    expect(err).toContain('plans_differ');
    await cli.json('deny', gate.request, '--reason', 'Not now', ...as('finance'));
    const { status } = await platform.waitForRun(gate.run, (run) => run.status === 'FAILED');
    expect(status).toBe('FAILED');
  });
});

describe('the power to decide', () => {
  it('is handed on by e-mail address, listed and taken back', async () => {
    const period = ['--until', '2099-01-01'];
    const nobody = await cli.levqor(['delegate', '--to', 'nobody@example.com', ...period]);
    expect(nobody.err).toContain('person_not_found');
    const long = await cli.levqor(['delegate', '--to', platform.people.security.email, ...period]);
    expect(long.code).toBe(1);

    const until = new Date(Date.now() + 5 * 86_400_000).toISOString();
    const words = ['delegate', '--to', platform.people.security.email, '--until', until, '--reason', 'Leave'];
    const made = await cli.levqor([...words, ...as('finance')]);
    expect({ code: made.code, err: made.err }).toEqual({ code: 0, err: '' });
    expect(made.out).toContain(`${platform.people.security.name} decides for you from `);
    const listed = await cli.levqor(['delegations', ...as('finance')]);
    expect(listed.out).toMatch(/finance@\S+ +security@\S+ .+ active +Leave +delegation_/);

    const id = /delegation_\w+/.exec(listed.out)![0];
    expect((await cli.levqor(['delegation', 'revoke', id, ...as('finance')])).code).toBe(2);
    await cli.json('delegation', 'revoke', id, '--yes', ...as('finance'));
    expect((await cli.levqor(['delegations'])).out).toContain('revoked');
  });

  it('shows how approvals went', async () => {
    expect((await cli.levqor(['analytics', '--by', 'class'])).out).toMatch(/class +B +6 +4 +1/);
  });
});
