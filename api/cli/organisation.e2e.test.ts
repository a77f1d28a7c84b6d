import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPlatform, type TestPlatform } from '../../workers/testing/platform.ts';
import { startHttpReceiver, type HttpReceiver } from '../../workers/testing/receivers.ts';
import { until } from '../../workers/testing/until.ts';
import { openCommandLine, type CommandLine } from './testing.ts';

let platform: TestPlatform;
let cli: CommandLine;
let receiver: HttpReceiver;

const SECRET = 'hunter2-is-not-a-secret';

beforeAll(async () => {
  receiver = await startHttpReceiver();
  platform = await openPlatform({ allow: [receiver.port] });
  cli = openCommandLine(platform);
}, 90_000);

afterAll(async () => {
  await platform.stop();
  await receiver.stop();
  cli.close();
});

describe('members', () => {
  it('are taken in, given roles, and taken out', async () => {
    const email = 'ada@example.com';
    const words = ['member', 'invite', '--email', email, '--name', 'Ada Lovelace'];
    expect((await cli.levqor(words)).code).toBe(2);
    const invited = await cli.levqor([...words, '--roles', 'operator,finance']);
    expect(invited.out).toBe('Ada Lovelace <ada@example.com> is a member: operator, finance.\n');
    expect((await cli.levqor(['member', 'roles', email, '--roles', 'king'])).code).toBe(2);
    const changed = await cli.levqor(['member', 'roles', email, '--roles', 'viewer']);
    expect(changed.out).toBe('ada@example.com is now: viewer.\n');
    expect((await cli.levqor(['members'])).out).toMatch(/Ada Lovelace +ada@example\.com +viewer/);
    expect((await cli.levqor(['member', 'remove', email])).err).toContain('Nothing was changed.');
    await cli.json('member', 'remove', email, '--yes');
    expect((await cli.levqor(['members'])).out).not.toContain(email);
  });
});

describe('keys', () => {
  it('are made, used and revoked', async () => {
    const words = ['key', 'create', '--name', 'Laptop', '--expires', '2099-01-01', '--roles'];
    expect((await cli.levqor([...words, 'finance'])).err).toContain('FORBIDDEN');
    const made = await cli.levqor([...words, 'owner']);
    expect({ code: made.code, err: made.err }).toEqual({
      code: 0,
      err: expect.stringContaining('shown only now'),
    });
    const token = /Token +(\S+)/.exec(made.out)![1]!;
    const env = { LEVQOR_API_KEY: token, LEVQOR_URL: platform.apiUrl };
    const { out } = await cli.levqor(['whoami', '--json'], { env });
    expect(JSON.parse(out)).toMatchObject({
      roles: ['owner'],
      person: { email: platform.people.owner.email },
    });
    const listed = (await cli.levqor(['keys'])).out;
    expect(listed).toMatch(/Laptop +\S+… +owner@/);
    expect(listed).not.toContain(token);

    const id = /Id +(\S+)/.exec(made.out)![1]!;
    expect((await cli.levqor(['key', 'revoke', id])).code).toBe(2);
    await cli.json('key', 'revoke', id, '--yes');
    expect((await cli.levqor(['whoami'], { env })).code).toBe(1);
    const service = await cli.json('key', 'create', '--name', 'Import', '--service');
    expect(service).toMatchObject({ token: expect.any(String), apiKey: { service: true, person: null } });
  });
});

describe('connections', () => {
  it('are made, rotated and deleted, their secrets from files only', async () => {
    const settings = { baseUrl: 'https://example.com' };
    cli.write('shop.json', { name: 'Shop', kind: 'http', settings, secrets: { bearer: SECRET } });
    const made = await cli.levqor(['connection', 'create', '--file', 'shop.json']);
    expect({ code: made.code, err: made.err }).toEqual({ code: 0, err: '' });
    expect(made.out).toContain('Its secrets: bearer.');
    const input = JSON.stringify({ secrets: { username: 'ada', password: SECRET } });
    const rotated = await cli.levqor(['connection', 'rotate', 'shop', '--file', '-'], { input });
    expect(rotated.out).toBe('"Shop" is rotated (version 2). Its secrets: username, password.\n');
    expect(await cli.json('connections')).toMatchObject({ items: [{ name: 'Shop', settings, version: 2 }] });
    expect((await cli.levqor(['connection', 'delete', 'Shop'])).code).toBe(2);
    await cli.json('connection', 'delete', 'Shop', '--yes');
    expect((await cli.levqor(['connections'])).out).toContain('There are no connections here.');
  });

  it.each([
    ['no file', ['create'], ''],
    ['an argument instead of a file', ['create', '--file', `{"secrets": "${SECRET}"}`], ''],
    ['text that is no JSON', ['create', '--file', '-'], `{"secrets": ${SECRET}}`],
    ['parts that nobody knows', ['create', '--file', '-'], `{"name": "a", "kind": "http", "secret": 1}`],
    ['no secrets to rotate to', ['rotate', 'Shop', '--file', '-'], '{"settings": {}}'],
  ])('refuse %s', async (_, words, input) => {
    const { code, out, err } = await cli.levqor(['connection', ...words], { input });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('USAGE (');
  });

  it('never show a secret, not in an error either', () => expect(cli.said()).not.toContain(SECRET));
});

describe('endpoints', () => {
  let id = '';

  it('are made with a secret that is shown once', async () => {
    const events = ['--events', 'run.succeeded,run.failed'];
    const words = ['endpoint', 'create', '--url', receiver.url, '--description', 'Pager'];
    expect((await cli.levqor(words)).code).toBe(2);
    const made = await cli.levqor([...words, ...events]);
    expect(made.code).toBe(0);
    expect(made.out).toMatch(/Secret +whsec_\S+/);
    expect(made.err).toContain('shown only now');
    id = /endpoint_\w+/.exec(made.out)![0];
    const listed = (await cli.levqor(['endpoints'])).out;
    expect(listed).toMatch(/Pager +run\.succeeded, run\.failed +active +endpoint_/);
    expect(listed).not.toContain('whsec_');
  });

  it('are told of events, with each attempt in the list, and once more when asked', async () => {
    const hello = { id: 'hello', kind: 'transform', with: { value: 1 } };
    await cli.publish({ flow: 'v1', name: 'Greeting', steps: [hello] } as { name: string });
    await cli.json('run', 'Greeting', '--wait');
    const listed = () => cli.levqor(['endpoint', 'deliveries', id, '--status', 'delivered']);
    const first = await until('the delivery', async () => {
      const { out } = await listed();
      return out.includes('delivery_') && out;
    });
    expect(first).toMatch(/run\.succeeded +DELIVERED +HTTP 200 +delivery_/);
    const delivery = /delivery_\w+/.exec(first)![0];
    const replayed = await cli.levqor(['endpoint', 'replay', delivery]);
    expect(replayed.out).toMatch(/^run\.succeeded is sent again \(delivery_/);
    await until('the replay', async () => (await listed()).out.includes('run.succeeded (again)'));
    expect(receiver.requests.map(({ headers }) => headers['webhook-id'])).toEqual(
      Array(2).fill(receiver.requests[0]!.headers['webhook-id']),
    );
  });

  it('are changed, switched off and on, given a new secret, and deleted', async () => {
    expect((await cli.levqor(['endpoint', 'update', id])).code).toBe(2);
    const updated = await cli.json('endpoint', 'update', id, '--events', 'run.failed');
    expect(updated).toMatchObject({ eventTypes: ['run.failed'], description: 'Pager', disabledAt: null });
    expect((await cli.levqor(['endpoint', 'disable', id])).out).toMatch(/Stands +off:/);
    expect((await cli.levqor(['endpoint', 'enable', id])).out).toMatch(/Stands +active/);
    const rotated = await cli.json('endpoint', 'rotate', id, '--overlap', '2h');
    expect(rotated).toMatchObject({ secret: expect.stringMatching(/^whsec_/), endpoint: { id } });
    expect((await cli.levqor(['endpoint', 'delete', id])).code).toBe(2);
    await cli.json('endpoint', 'delete', id, '--yes');
    expect((await cli.levqor(['endpoints'])).out).toContain('Nobody is told of events here.');
  });
});

describe('the audit log', () => {
  it('is whole', async () => {
    expect((await cli.levqor(['audit', '--verify'])).out).toMatch(/^The audit log is whole: \d+ entries/);
    expect((await cli.levqor(['audit', '--action', 'endpoint.create'])).out).toContain('endpoint.create');
  });
});
