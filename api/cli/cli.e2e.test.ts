import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPlatform, type TestPlatform } from '../../workers/testing/platform.ts';
import { openCommandLine, type CommandLine } from './testing.ts';

const PEOPLE = ['owner', 'finance', 'viewer'] as const;

let platform: TestPlatform;
let cli: CommandLine;
const levqor: CommandLine['levqor'] = (words, surroundings) => cli.levqor(words, surroundings);
const json = <T>(...words: string[]) => cli.json<T>(...words);
const write = (name: string, value: unknown) => cli.write(name, value);
const file = (name: string) => cli.file(name);

const GREETING = {
  flow: 'v1',
  name: 'Greeting',
  steps: [{ id: 'hello', kind: 'transform', with: { value: 'Hello {{ input.name }}' } }],
  output: '{{ steps.hello.output }}',
};
const GATE = {
  flow: 'v1',
  name: 'Gate',
  steps: [{ id: 'gate', kind: 'approval', with: { title: 'Open the gate', class: 'B' } }],
  output: '{{ steps.gate.output.decision }}',
};

beforeAll(async () => {
  platform = await openPlatform();
  cli = openCommandLine();
  for (const person of PEOPLE) {
    const words = ['login', '--url', `${platform.apiUrl}/graphql/`, '--profile', person];
    const { code, err } = await levqor(words, { input: `${platform.tokens[person]}\n` });
    expect({ code, err }).toEqual({ code: 0, err: '' });
  }
  await levqor(['login', '--url', platform.apiUrl], { input: platform.tokens.owner });
}, 90_000);

afterAll(async () => {
  await platform.stop();
  cli.close();
});

describe('signing in', () => {
  it('keeps keys in a file that only its owner can read', () => {
    expect(statSync(file('config/levqor/config.json')).mode & 0o777).toBe(0o600);
    expect(statSync(file('config/levqor')).mode & 0o777).toBe(0o700);
  });

  it('knows who each profile is', async () => {
    expect(await json<{ roles: string[] }>('whoami', '--profile', 'finance')).toMatchObject({
      roles: ['finance'],
    });
  });

  it('takes the key of the surroundings before that of the profile', async () => {
    const env = { LEVQOR_API_KEY: platform.tokens.viewer };
    const { out } = await levqor(['whoami', '--json'], { env });
    expect(JSON.parse(out)).toMatchObject({ roles: ['viewer'] });
  });

  it('refuses a wrong key, says what to do, and keeps nothing', async () => {
    const { code, err } = await levqor(['login', '--profile', 'nobody', '--url', platform.apiUrl], {
      input: 'lvq_wrong',
    });
    expect(code).toBe(1);
    expect(err).toMatch(
      /^Error: .+\n {2}UNAUTHENTICATED \(\w+\), request [\w-]+\n {2}Sign in with "levqor login"/,
    );
    expect((await levqor(['whoami', '--profile', 'nobody'])).err).toContain('There is no profile "nobody"');
  });

  it('signs in at the platform of this machine as one of its people', async () => {
    mkdirSync(file('.levqor'));
    const { apiUrl, tokens: keys } = platform;
    write('.levqor/local.json', { apiUrl, keys });
    const { code, out } = await levqor(['login', '--local', '--as', 'finance', '--profile', 'local']);
    expect(code).toBe(0);
    expect(out).toContain(`Signed in at ${apiUrl} as 佐藤 陽子 <finance@demo.levqor.example>`);
    expect(await json('whoami', '--profile', 'local')).toMatchObject({ roles: ['finance'] });
    expect((await levqor(['login', '--local', '--as', 'nobody'])).code).toBe(2);
    expect((await levqor(['logout', '--profile', 'local'])).out).toContain('Signed out (profile local).');
    await json('login', '--local');
  });

  it('says when no server answers', async () => {
    const { code, err } = await levqor(['login', '--url', 'http://127.0.0.1:9', '--key', 'x']);
    expect(code).toBe(1);
    expect(err).toContain('UNREACHABLE (no_answer)');
  });

  it('sends the key of a profile to no other server', async () => {
    const { code, err } = await levqor(['whoami'], { env: { LEVQOR_URL: 'http://127.0.0.1:9' } });
    expect(code).toBe(1);
    expect(err).toContain('key_of_another_server');
  });
});

describe('from a file to a run', () => {
  it('names what is wrong with a definition', async () => {
    write('bad.json', { ...GREETING, steps: [{ id: 'hello', kind: 'transfrom' }] });
    const people = await levqor(['validate', 'bad.json']);
    expect(people.code).toBe(1);
    expect(people.out).toContain('UNKNOWN_KIND');
    const programs = await levqor(['validate', 'bad.json', '--json']);
    expect(JSON.parse(programs.out)).toMatchObject({ valid: false, issues: [{ path: '/steps/0/kind' }] });
  });

  it('pushes, publishes, runs and tells what happened', async () => {
    write('greeting.json', GREETING);
    expect((await levqor(['validate', 'greeting.json'])).out).toBe('greeting.json is valid.\n');
    const pushed = await json<{ kind: string; saved: { id: string } }>('push', 'greeting.json');
    expect(pushed.kind).toBe('create');
    expect(await json('push', 'greeting.json')).toMatchObject({ kind: 'same', saved: null });
    const unsaid = await levqor(['publish', 'greeting']);
    expect({ code: unsaid.code, err: unsaid.err }).toEqual({
      code: 2,
      err: expect.stringContaining('Say --yes to go ahead.'),
    });
    const published = await levqor(['publish', 'greeting', '--note', 'First', '--yes']);
    expect(published.out).toContain('Published "Greeting" as version 1.');
    expect((await levqor(['workflows'])).out).toMatch(/^NAME +VERSION +CHANGED +ID\n/);

    const ended = await levqor(['run', 'Greeting', '--input', '{"name": "Ada"}', '--wait', '--json']);
    expect(ended.code).toBe(0);
    const run = JSON.parse(ended.out) as { id: string };
    expect(run).toMatchObject({ status: 'SUCCEEDED', output: 'Hello Ada' });

    const logs = (await levqor(['logs', run.id])).out;
    expect(logs).toMatch(/STARTED +hello transform/);
    expect(logs).toMatch(/SUCCEEDED +hello transform/);
    const followed = (await levqor(['logs', run.id, '--follow'])).out;
    expect(followed).toBe(logs);
    const shown = (await levqor(['show', run.id])).out;
    expect(shown).toMatch(/hello +transform +SUCCEEDED/);
    expect(shown).toContain('"Hello Ada"');
  });

  it('shows times in the zone of the machine, or in UTC', async () => {
    const [run] = (await json<{ items: { id: string; createdAt: string }[] }>('runs')).items;
    const hours = (text: string) => /Asked for +\d{4}-\d\d-\d\d (\d\d):/.exec(text)?.[1];
    const here = hours((await levqor(['show', run!.id])).out);
    const utc = hours((await levqor(['show', run!.id, '--utc'])).out);
    expect(Number(utc)).toBe(new Date(run!.createdAt).getUTCHours());
    expect(Number(here)).toBe((Number(utc) + 9) % 24);
  });

  it('ends with 1 when the run fails, and shows where', async () => {
    write('failing.json', {
      flow: 'v1',
      name: 'Failing',
      steps: [{ id: 'stop', kind: 'fail', with: { message: 'No more' } }],
    });
    await json('push', 'failing.json');
    await json('publish', 'Failing', '--yes');
    const { code, out } = await levqor(['run', 'Failing', '--wait']);
    expect(code).toBe(1);
    expect(out).toMatch(/Error +FAILED: No more/);
    expect((await levqor(['runs', '--failed', '--workflow', 'Failing'])).out).toContain('FAILED: No more');
  });
});

describe('definitions as files', () => {
  const flow = () => JSON.parse(readFileSync(file('flows/greeting.flow.json'), 'utf8')) as typeof GREETING;
  const greet = (value: string) => {
    const step = { id: 'hello', kind: 'transform', with: { value } };
    write('flows/greeting.flow.json', { ...flow(), steps: [step] });
  };

  it('are exported with what they are', async () => {
    await cli.publish(GATE);
    await json('export', 'flows');
    expect(readdirSync(file('flows'))).toEqual([
      'failing.flow.json',
      'gate.flow.json',
      'greeting.flow.json',
      'levqor.json',
    ]);
    expect(flow()).toEqual(GREETING);
    const manifest = JSON.parse(readFileSync(file('flows/levqor.json'), 'utf8')) as object;
    expect(manifest).toMatchObject({
      holds: 'drafts',
      workflows: [
        { name: 'Failing' },
        { name: 'Gate' },
        { name: 'Greeting', version: 1, file: 'greeting.flow.json' },
      ],
    });
  });

  it('are imported after a look, and only what changed', async () => {
    greet('Good day {{ input.name }}');
    const dry = await levqor(['import', 'flows', '--dry-run']);
    expect(dry.code).toBe(0);
    expect(dry.out).toContain('change    Greeting');
    expect(dry.out).toContain('after:  "Good day {{ input.name }}"');
    expect(dry.out).toContain('0 new, 1 changed, 2 the same.');
    expect((await levqor(['diff', 'Greeting'])).out).toContain('Nothing is different');

    const done = await levqor(['import', 'flows', '--publish']);
    expect({ code: done.code, err: done.err }).toEqual({ code: 0, err: '' });
    expect(done.out).toContain('Published "Greeting" as version 2.');
    const again = await levqor(['import', 'flows', '--publish']);
    expect(again.out).toContain('0 new, 0 changed, 3 the same.');
    expect(again.out).not.toContain('Published');
    const diff = await levqor(['diff', 'Greeting', '--from', '1', '--to', '2']);
    expect(diff.out).toContain('~ "with.value" of step "hello" was changed.');
  });

  it('are not saved over the work of somebody else', async () => {
    const { id, draft } = await json<{ id: string; draft: { hash: string } }>('workflow', 'Greeting');
    await platform.ask('owner')('mutation ($input: SaveDraftInput!) { saveDraft(input: $input) { id } }', {
      input: { workflowId: id, definition: { ...GREETING, output: 1 }, basedOnHash: draft.hash },
    });
    const theirs = (await json<{ draft: { hash: string } }>('workflow', 'Greeting')).draft.hash;
    greet('Good evening {{ input.name }}');
    for (const words of [
      ['import', 'flows'],
      ['push', 'flows/greeting.flow.json'],
    ]) {
      const { code, err } = await levqor(words);
      expect(code).toBe(1);
      expect(err).toContain('draft_changed');
      expect(err).toContain(`based on ${draft.hash}, now ${theirs}`);
    }
    expect((await levqor(['import', 'flows', '--force'])).out).toContain(
      'What was in conflict was saved over.',
    );
    expect((await levqor(['import', 'flows'])).out).toContain('0 new, 0 changed, 3 the same.');
  });

  it('go to another server by their names', async () => {
    expect((await levqor(['archive', 'Greeting'])).err).toContain('Nothing was archived.');
    await json('archive', 'Greeting', '--yes');
    const { code, out } = await levqor(['import', 'flows/greeting.flow.json', '--publish']);
    expect(code).toBe(0);
    expect(out).toContain('create    Greeting');
    expect(out).toContain('Published "Greeting" as version 1.');
  });
});

describe('a call that makes no sense', () => {
  it.each([
    ['an unknown command', ['rnu', 'x']],
    ['an unknown option', ['runs', '--nope']],
    ['a missing argument', ['show']],
    ['a file that is not there', ['push', 'nothing.json']],
    ['JSON that is none', ['run', 'Gate', '--input', '{nope']],
    ['a status that does not exist', ['runs', '--status', 'green']],
    ['a denial without a reason', ['deny', 'approval_x']],
  ])('%s ends with 2', async (_, words) => {
    expect((await levqor(words)).code).toBe(2);
  });

  it('gives programs their error as JSON', async () => {
    const { code, out, err } = await levqor(['show', 'run_nope', '--json']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(JSON.parse(err)).toMatchObject({
      error: { code: 'INVALID', reason: 'id_invalid', requestId: expect.any(String) },
    });
  });
});

describe('keys', () => {
  it('are never printed', () => {
    expect(cli.said().length).toBeGreaterThan(1000);
    for (const token of Object.values(platform.tokens)) expect(cli.said().includes(token)).toBe(false);
  });
});
