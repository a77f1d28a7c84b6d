import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPlatform, type TestPlatform } from '../../workers/testing/platform.ts';

const PROGRAM = fileURLToPath(new URL('../../levqor.mjs', import.meta.url));
const PEOPLE = ['owner', 'operator', 'finance', 'viewer'] as const;

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

let platform: TestPlatform;
let folder: string;
let said = '';

/** Runs the command line as a person would, with input on its standard input. */
function levqor(
  words: string[],
  { input = '', env = {} }: { input?: string; env?: object } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [PROGRAM, ...words], {
    cwd: folder,
    env: { PATH: process.env['PATH'], XDG_CONFIG_HOME: join(folder, 'config'), TZ: 'Asia/Tokyo', ...env },
  });
  const ended: Ended = { code: null, out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (ended.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (ended.err += chunk.toString()));
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      said += ended.out + ended.err;
      resolve({ ...ended, code });
    });
  });
}

/** The JSON that a command gives; fails when it did not succeed. */
async function json<T>(...words: string[]): Promise<T> {
  const { code, out, err } = await levqor([...words, '--json']);
  expect({ code, err }).toEqual({ code: 0, err });
  return JSON.parse(out) as T;
}

const file = (name: string) => join(folder, name);
const write = (name: string, value: unknown) => writeFileSync(file(name), JSON.stringify(value));

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
  folder = mkdtempSync(join(tmpdir(), 'levqor-cli-'));
  platform = await openPlatform();
  for (const person of PEOPLE) {
    const words = ['login', '--url', `${platform.apiUrl}/graphql/`, '--profile', person];
    const { code, err } = await levqor(words, { input: `${platform.tokens[person]}\n` });
    expect({ code, err }).toEqual({ code: 0, err: '' });
  }
  await levqor(['login', '--url', platform.apiUrl], { input: platform.tokens.owner });
}, 90_000);

afterAll(async () => {
  await platform.stop();
  rmSync(folder, { recursive: true });
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
    const published = await levqor(['publish', 'greeting', '--note', 'First']);
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
    await json('publish', 'Failing');
    const { code, out } = await levqor(['run', 'Failing', '--wait']);
    expect(code).toBe(1);
    expect(out).toMatch(/Error +FAILED: No more/);
    expect((await levqor(['runs', '--failed', '--workflow', 'Failing'])).out).toContain('FAILED: No more');
  });
});

describe('approvals', () => {
  it('are decided by another person, for the plan that was read', async () => {
    write('gate.json', GATE);
    await json('push', 'gate.json');
    await json('publish', 'Gate');
    const { id } = await json<{ id: string }>('run', 'Gate', '--profile', 'operator');
    await platform.waitForRun(id, ({ status }) => status === 'WAITING');
    const mine = await json<{ items: { id: string; title: string }[] }>(
      'approvals',
      '--mine',
      '--profile',
      'finance',
    );
    const [request] = mine.items;
    expect(request).toMatchObject({ title: 'Open the gate' });

    const own = await levqor(['approve', request!.id, '--profile', 'operator']);
    expect(own.code).toBe(1);
    expect(own.err).toContain('FORBIDDEN');
    const other = await levqor(['approve', request!.id, '--hash', '0'.repeat(64), '--profile', 'finance']);
    expect(other.err).toContain('plan_changed');

    const approved = await levqor(['approve', request!.id, '--profile', 'finance']);
    expect(approved.out).toBe('Open the gate: APPROVED.\n');
    const followed = await levqor(['logs', id, '--follow', '--profile', 'viewer']);
    expect(followed.code).toBe(0);
    expect(followed.err).toContain('The run is over: SUCCEEDED.');
    expect((await levqor(['approval', request!.id])).out).toContain('DECIDED');
  });

  it('are handed on by e-mail address', async () => {
    const until = '2099-01-01';
    const { err } = await levqor(['delegate', '--to', 'nobody@example.com', '--until', until]);
    expect(err).toContain('person_not_found');
    expect((await levqor(['analytics', '--by', 'class'])).out).toMatch(/class +B +1 +1/);
  });
});

describe('definitions as files', () => {
  const flow = () => JSON.parse(readFileSync(file('flows/greeting.flow.json'), 'utf8')) as typeof GREETING;
  const greet = (value: string) => {
    const step = { id: 'hello', kind: 'transform', with: { value } };
    write('flows/greeting.flow.json', { ...flow(), steps: [step] });
  };

  it('are exported with what they are', async () => {
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
    await json('archive', 'Greeting');
    const { code, out } = await levqor(['import', 'flows/greeting.flow.json', '--publish']);
    expect(code).toBe(0);
    expect(out).toContain('create    Greeting');
    expect(out).toContain('Published "Greeting" as version 1.');
  });
});

describe('what starts and repeats runs', () => {
  it('calls a webhook as another system would', async () => {
    write('hook.json', { ...GREETING, name: 'Hook', triggers: [{ kind: 'webhook', input: '{{ body }}' }] });
    await json('push', 'hook.json');
    await json('publish', 'Hook');
    const { url } = await json<{ url: string }>('webhook', 'Hook');
    expect(url).toContain('/hooks/');
    const called = await levqor(['webhook', 'call', 'Hook', '--body', '{"name": "Ada"}']);
    expect({ code: called.code, first: called.out.split('\n')[0] }).toEqual({ code: 0, first: 'HTTP 202' });
    writeFileSync(file('secret.txt'), 'a secret of sixteen characters');
    await json('webhook', 'Hook', '--verify', 'hmac_sha256', '--secret-file', 'secret.txt');
    expect((await levqor(['webhook', 'call', 'Hook'])).code).toBe(2);
    const signed = await levqor(['webhook', 'call', 'Hook', '--secret-file', 'secret.txt']);
    expect(signed.out).toContain('HTTP 202');
    const { items } = await json<{ items: { outcome: string }[] }>('webhook', 'deliveries', 'Hook');
    expect(items.map(({ outcome }) => outcome)).toEqual(['ACCEPTED', 'ACCEPTED']);
  });

  it('makes, pauses and deletes a schedule', async () => {
    await json('schedule', 'create', 'Gate', '--cron', '0 6 * * 1-5', '--time-zone', 'Europe/London');
    expect((await levqor(['schedules'])).out).toMatch(/Gate +Gate +0 6 \* \* 1-5 \(Europe\/London\)/);
    await json('schedule', 'pause', 'Gate', '--reason', 'Holiday');
    expect((await levqor(['workflow', 'Gate'])).out).toContain('0 6 * * 1-5 (Europe/London), paused');
    const period = ['--from', '2026-11-02', '--until', '2026-11-04'];
    const { preview } = await json<{ preview: { count: number } }>(
      'schedule',
      'backfill',
      'Gate',
      ...period,
      '--preview',
    );
    expect(preview.count).toBe(2);
    await json('schedule', 'delete', 'Gate');
    expect((await levqor(['schedules'])).out).toContain('There are no schedules here.');
  });

  it('tries a draft with results of its own', async () => {
    const pins = '{"gate": {"output": {"decision": "approved"}}}';
    const { code, out } = await levqor(['test', 'Gate', '--pins', pins]);
    expect(code).toBe(0);
    expect(out).toContain('"approved"');
  });

  it('runs again what failed for one reason', async () => {
    const { items } = await json<{ items: { fingerprint: string; open: number }[] }>(
      'failures',
      '--workflow',
      'Failing',
    );
    expect(items).toMatchObject([{ count: 1, open: 1, stepId: 'stop' }]);
    const words = ['rerun', '--failure', items[0]!.fingerprint];
    expect((await levqor([...words, '--preview'])).out).toContain('This runs 1 run again.');
    expect((await levqor(words)).code).toBe(2);
    const done = await levqor([...words, '--yes']);
    expect(done.out).toContain('Started: 1 run. Refused: 0');
    const [newer, older] = (await json<{ items: { id: string }[] }>('runs', '--workflow', 'Failing')).items;
    expect((await levqor(['compare', older!.id, newer!.id])).code).toBe(0);
  });

  it('checks the audit log', async () => {
    expect((await levqor(['audit', '--verify'])).out).toMatch(/^The audit log is whole: \d+ entries/);
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
    expect(said.length).toBeGreaterThan(1000);
    for (const token of Object.values(platform.tokens)) expect(said.includes(token)).toBe(false);
  });
});
