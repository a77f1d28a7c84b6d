import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase } from '../prisma/testing.ts';
import { freePort } from '../free-port.ts';
import { Canaries } from './testing/canaries.ts';
import { dumpDatabase, dumpHistories, type Kept } from './testing/dump.ts';
import { connect, connectShop, publish, startRun } from './testing/flows.ts';
import { Refusal } from './testing/graphql.ts';
import { echoSecrets, MARKER, startTellTalePostgres } from './testing/leaky-servers.ts';
import { openPlatform, type RunView, type TestPlatform } from './testing/platform.ts';
import { startHttpReceiver, startMailReceiver, type HttpReceiver } from './testing/receivers.ts';
import { openShop } from './testing/shop.ts';

const canaries = new Canaries();
let platform: TestPlatform;
let web: HttpReceiver;
const runs: RunView[] = [];
/** What reached the servers outside, and what the web server said of it. */
const travelled: string[] = [];
const echoed: string[] = [];
const closing: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closing.reverse()) await close();
}, 30_000);

const ODD = ['', '"\\', '/+%', '&<>=', "'$`!"];
const secret = (name: string, n = 0) => canaries.make(name, ODD[n % ODD.length]);

const PATHS = ['json', 'html', 'bytes', 'nested', 'cookie', 'move', 'large', 'fail'];
const HTTP_SECRETS: Record<string, object> = {
  ...Object.fromEntries(ODD.map((_, n) => [`bearer${n}`, { bearer: secret(`bearer ${n}`, n) }])),
  ...Object.fromEntries(
    ODD.map((_, n) => [
      `basic${n}`,
      { username: secret(`user name ${n}`), password: `${secret(`password ${n}`, n)} ü` },
    ]),
  ),
  headers: {
    headers: {
      'X-Api-Key': secret('key header', 2),
      'X-Signature': secret('signature'),
      Cookie: `a=${secret('cookie')}`,
    },
  },
  scheme: { headers: { Authorization: `Token ${secret('scheme')}` } },
  pair: {
    headers: {
      Authorization: `Basic ${Buffer.from(`${secret('pair user')}:${secret('pair password', 3)}`).toString('base64')}`,
    },
  },
};

beforeAll(async () => {
  web = await startHttpReceiver((request) => {
    const answer = echoSecrets(request);
    echoed.push(String(answer.body ?? ''));
    return answer;
  });
  const server = await testDatabase();
  const shop = await openShop(server.adminUrl, secret('shop password', 1));
  await shop.sql(`CREATE FUNCTION leak(words text) RETURNS text LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'not with %', words USING DETAIL = words, HINT = words; END $$`);
  await shop.sql('CREATE TABLE kept (words text)');
  await shop.sql('INSERT INTO kept VALUES ($1)', [
    `it is ${shop.password}, ${encodeURIComponent(shop.password)}`,
  ]);
  await shop.sql(`GRANT SELECT ON kept TO ${shop.user}`);
  const tellTale = await startTellTalePostgres();
  const login = { user: secret('mail user'), pass: secret('mail password', 4) };
  const mail = await startMailReceiver({
    onAuth: ({ username, password }, _session, done) => {
      travelled.push(String(username), String(password));
      if (password === login.pass) return done(null, { user: username });
      const plain = Buffer.from(`\0${username}\0${password}`).toString('base64');
      return done(new Error(`Not ${String(username)} with ${String(password)}: ${plain}`));
    },
    before: async ({ subject }) => {
      if (subject === 'refuse') throw new Error(`We know ${login.user} and ${login.pass}`);
    },
  });
  closing.push(server.close, shop.close, web.stop, tellTale.stop, mail.stop);
  const nobody = await freePort();
  platform = await openPlatform({
    allow: [web.port, shop.port, tellTale.port, mail.port, nobody],
    logLevel: 'debug',
  });
  closing.push(platform.stop);
  const [, key = ''] = platform.encryptionKeys.split(':');
  canaries.add('encryption key', key);
  canaries.add('database password', new URL(platform.database.appUrl).password);
  for (const [role, token] of Object.entries(platform.tokens)) canaries.add(`API key of the ${role}`, token);

  const owner = platform.ask('owner');
  const steps: Record<string, object[]> = {};
  const read = (connection: string, path: string) => ({
    id: `read-${path}`,
    kind: 'http',
    onError: 'continue',
    with: { connection, path: `/${path}` },
  });
  for (const [name, secrets] of Object.entries(HTTP_SECRETS)) {
    await connect(owner, { name, kind: 'HTTP', settings: { baseUrl: web.url }, secrets });
    steps[name] = PATHS.map((path) => read(name, path));
  }
  const away = { baseUrl: `http://127.0.0.1:${nobody}` };
  await connect(owner, { name: 'away', kind: 'HTTP', settings: away, secrets: { bearer: secret('away') } });
  steps['away'] = [read('away', 'json')];

  await connectShop(owner, shop);
  const postgres = (name: string, port: number) => {
    const settings = { host: '127.0.0.1', port, database: shop.database, user: shop.user, tls: false };
    return connect(owner, { name, kind: 'POSTGRES', settings, secrets: { password: secret(name, 2) } });
  };
  await postgres('wrong', shop.port);
  await postgres('tellTale', tellTale.port);
  await postgres('nowhere', nobody);
  const query = (connection: string, sql: string) => ({
    id: `ask-${sql.length}`,
    kind: 'postgres',
    onError: 'continue',
    with: { connection, sql },
  });
  steps['shop'] = [query('shop', 'SELECT * FROM kept'), query('shop', 'SELECT leak(words) FROM kept')];
  for (const name of ['wrong', 'tellTale', 'nowhere']) steps[name] = [query(name, 'SELECT 1')];

  const smtp = (name: string, username: string, password: string) => {
    const settings = { host: '127.0.0.1', port: mail.port, tls: false, from: 'a@example.com' };
    return connect(owner, { name, kind: 'SMTP', settings, secrets: { username, password } });
  };
  await smtp('mail', login.user, login.pass);
  await smtp('wrongMail', secret('wrong mail user'), secret('wrong mail password', 3));
  const send = (connection: string, subject: string) => ({
    id: `send-${subject}`,
    kind: 'email',
    onError: 'continue',
    with: { connection, to: 'b@example.com', subject, text: 'Hello' },
  });
  steps['mail'] = [send('mail', 'take'), send('mail', 'refuse')];
  steps['wrongMail'] = [send('wrongMail', 'take')];

  const rotate = (connectionId: string, bearer: string) =>
    owner('mutation ($input: RotateConnectionInput!) { rotateConnection(input: $input) { id } }', {
      input: { connectionId, secrets: { bearer } },
    });
  const rotated = await connect(owner, {
    name: 'rotated',
    kind: 'HTTP',
    settings: { baseUrl: web.url },
    secrets: { bearer: secret('old bearer') },
  });
  await rotate(rotated, secret('new bearer'));
  steps['rotated'] = [read('rotated', 'json')];

  const started = await Promise.all(
    Object.entries(steps).flatMap(([name, given]) => {
      const output = `{{ [${given.map((step) => `steps.\`${(step as { id: string }).id}\``).join(', ')}] }}`;
      const strict = given.map((step) => ({ ...step, onError: 'fail' })).reverse();
      return [
        publish(owner, `${name} to its end`, { steps: given, output }).then((id) => startRun(owner, id)),
        publish(owner, `${name} until it fails`, { steps: strict }).then((id) => startRun(owner, id)),
      ];
    }),
  );
  for (const id of started)
    runs.push(
      await platform.waitForRun(id, ({ status }) => ['SUCCEEDED', 'FAILED'].includes(status), 60_000),
    );
  for (const { headers } of web.requests) travelled.push(JSON.stringify(headers));
  travelled.push(...tellTale.heard);
  await refusedInputs();
}, 120_000);

/** Secrets in places where the API refuses them: it must not repeat them, nor write them down. */
async function refusedInputs(): Promise<void> {
  const owner = platform.ask('owner');
  const create = 'mutation ($input: CreateConnectionInput!) { createConnection(input: $input) { id } }';
  const http = { name: 'refused', kind: 'HTTP', settings: { baseUrl: web.url } };
  const inputs = [
    { ...http, secrets: { bearer: `${secret('with a space')} x` } },
    { ...http, secrets: { tokn: secret('unknown field') } },
    { ...http, secrets: { bearer: [secret('wrong type')] } },
    {
      ...http,
      settings: { baseUrl: web.url, headers: { Authorization: `Bearer ${secret('open header')}` } },
    },
    { ...http, settings: { baseUrl: `http://u:${secret('in the address')}@127.0.0.1` } },
    { ...http, name: 'shop', secrets: { bearer: secret('name that is taken') } },
    { ...http, kind: 'POSTGRES', secrets: { password: secret('wrong settings') } },
  ];
  for (const input of inputs) await expect(owner(create, { input })).rejects.toBeInstanceOf(Refusal);
  const inText = create.replace(
    '$input)',
    `{ name: "x", secrets: { bearer: "${secret('in the document')}" } })`,
  );
  await expect(owner(inText)).rejects.toBeInstanceOf(Refusal);
}

/** The secrets that were found, and where. */
const found = (kept: Kept[]) =>
  kept.flatMap(({ where, bytes }) => canaries.foundIn(bytes).map((what) => `${what} in ${where}`));
const atobUtf8 = (text: string) => Buffer.from(text, 'base64').toString('utf8');
const holds = (kept: Kept[], text: string) =>
  kept.filter(({ bytes }) => bytes.includes(text)).map(({ where }) => where);

describe('forty secrets and more, given to servers that repeat them', () => {
  it('did reach those servers, and the runs ended well and badly', () => {
    expect(canaries.values.size).toBeGreaterThanOrEqual(40);
    // What went out as user name and password is one text in the header.
    const sent = travelled.join('\n').replaceAll(/Basic ([\w+/=]+)/g, (_, text: string) => atobUtf8(text));
    const arrived = new Set(canaries.foundIn(sent).map((what) => what.split(' as ')[0]));
    const SENT =
      /^(bearer|user name|password|key header|signature|cookie|scheme|pair|tellTale|mail|wrong mail|new bearer)/;
    const expected = [...canaries.values.keys()].filter((name) => SENT.test(name));
    expect(expected.filter((name) => !arrived.has(name))).toEqual([]);
    // The servers repeated them in each spelling that is looked for.
    const spellings = canaries.foundIn(echoed.join('\n')).map((what) => what.split(' as ')[1]);
    expect(new Set(spellings)).toEqual(
      new Set([
        ...['utf8', 'text', 'JSON text', 'percent code', 'form code', 'hex', 'base64url'],
        ...['base64', 'base64 after 1 byte', 'base64 after 2 bytes'],
      ]),
    );
    expect(new Set(runs.map(({ status }) => status))).toEqual(new Set(['SUCCEEDED', 'FAILED']));
    const codes = runs.flatMap(({ error }) => (error ? [error.code] : []));
    expect(new Set(codes)).toEqual(new Set(['HTTP_STATUS', 'HTTP_NETWORK', 'QUERY_FAILED', 'EMAIL_FAILED']));
  });

  it('are in no row of the database, packed values and bytes included', async () => {
    const kept = await dumpDatabase(platform.database.adminUrl);
    // The search does find what is there.
    const places = ['run.error', 'run_step.output', 'run_step.error', 'run_event.data', 'run_value.content'];
    expect(holds(kept, MARKER)).toEqual(expect.arrayContaining(places.map((place) => `public.${place}`)));
    expect(found(kept)).toEqual([]);
  }, 60_000);

  it('are in no history of Temporal, sealed or opened', async () => {
    const kept = await dumpHistories(platform);
    expect(holds(kept, MARKER).filter((where) => where.startsWith('payload'))).not.toEqual([]);
    expect(holds(kept, MARKER).filter((where) => where.startsWith('history'))).toEqual([]);
    expect(found(kept)).toEqual([]);
  }, 60_000);

  it('are in no line of the logs at level debug', () => {
    const asKept = (where: string, lines: string[]) =>
      lines.map((line) => ({ where, bytes: Buffer.from(line) }));
    const kept = [...asKept('API', platform.api.lines), ...asKept('worker', platform.worker.lines)];
    expect(holds(kept, '"level":"debug"').length).toBeGreaterThan(0);
    expect(found(kept)).toEqual([]);
  });

  it('are in no answer of the API', async () => {
    const owner = platform.ask('owner');
    for (const { id } of runs)
      await owner(
        `query ($id: ID!) { run(id: $id) { input output error { message details } response { headers body }
          steps { input output error { message details } } events(first: 500) { data } } }`,
        { id },
      );
    await owner('{ connections(first: 100) { edges { node { name settings secretFields } } } }');
    await owner('{ auditLog(first: 100) { edges { node { action details } } } }');
    await owner('{ apiKeys(first: 100) { edges { node { name prefix } } } }');
    const kept = platform.answers.map((text) => ({ where: text.slice(0, 60), bytes: Buffer.from(text) }));
    expect(holds(kept, MARKER)).not.toEqual([]);
    expect(found(kept)).toEqual([]);
  }, 30_000);
});
