import '../../give-back-memory.mjs';
import { relative } from 'node:path';
import { openDatabase } from '../../prisma/database.ts';
import { parseKeyring } from '../../temporal/keyring.ts';
import { firstSignal } from '../../first-signal.ts';
import { freePort } from '../../free-port.ts';
import { checkPorts } from './check-ports.ts';
import { readLocalConfig, type LocalConfig } from './config.ts';
import { databaseUrls, postgresPart, prepareDatabase, type Databases } from './databases.ts';
import { fillShop, SHOP } from './demo/fill-shop.ts';
import { showAddresses, type Addresses } from './demo/guide.ts';
import { prepareDemo, type DemoPlaces } from './demo/prepare-demo.ts';
import { runDemo } from './demo/run-demo.ts';
import { askAs } from './graphql.ts';
import {
  LOCAL_FILE,
  localSecrets,
  MAILS,
  makeHome,
  readJson,
  ROOT,
  writePrivate,
  type LocalSecrets,
} from './home.ts';
import { lockInstance } from './instance-lock.ts';
import { endLeftovers, noteParts } from './leftovers.ts';
import { startMailCatcher } from './mail-catcher.ts';
import { ownPart, temporalPart, untilReady } from './platform-parts.ts';
import { workflowBundle } from './workflow-bundle.ts';
import { apiWebSettings, webSettings } from './web-settings.ts';
import { buildWeb } from './web-build.ts';
import { seedDemo, type SeededDemo } from './seed-demo.ts';
import { Supervisor } from './supervisor.ts';
import { line, paint, say } from './terminal.ts';

/** What other programs read to find this platform, and to act as each of the demo's people. */
interface LocalFile {
  apiUrl: string;
  webUrl: string | null;
  temporalUiUrl: string | null;
  mailUrl: string;
  /** Where the worker answers /healthz and /metrics. */
  workerUrl: string;
  databaseUrl: string;
  shopDatabaseUrl: string;
  keys: SeededDemo['tokens'];
  pids: Record<string, number>;
}

/** Starts everything, runs the demo, and keeps the platform up until Ctrl-C (or until the demo's end with --once). */
async function main(): Promise<number> {
  const config = readLocalConfig(process.argv.slice(2));
  await makeHome();
  const lock = await lockInstance();
  if ('runningPid' in lock) return sayAlreadyRunning(lock.runningPid);

  const ended = firstSignal();
  const closers: (() => Promise<void>)[] = [lock.release];
  try {
    return await runPlatform(config, ended, closers);
  } finally {
    if (!config.once) line();
    say('stopping', 'every part, in order');
    for (const close of closers.reverse()) await close();
  }
}

async function runPlatform(
  config: LocalConfig,
  ended: AbortSignal,
  closers: (() => Promise<void>)[],
): Promise<number> {
  const local: Partial<LocalFile> = {};
  let written = Promise.resolve();
  const publish = () => {
    const pids = supervisor.pids();
    written = written.then(() => noteParts(pids));
    if (local.keys) written = written.then(() => writePrivate(LOCAL_FILE, { ...local, pids }));
  };
  const supervisor = new Supervisor(publish);
  await endLeftovers();
  await checkPorts(wantedPorts(config));
  closers.push(() => supervisor.stopAll());
  const made = await localSecrets();
  const secrets = { ...made, encryptionKeys: config.encryptionKeys ?? made.encryptionKeys };

  const isBuilt = config.once ? Promise.resolve() : beginBuild();
  const databases = await startDatabases(config, secrets, supervisor);
  const { smtp: smtpPort, mail: webPort } = config.ports;
  const mail = await startMailCatcher({ smtpPort, webPort, folder: MAILS });
  closers.push(() => mail.stop());
  await startTemporal(config, supervisor);
  const seeded = await seed(databases, secrets, config);
  const shopUrl = await fillShop(databases.adminUrl, secrets.shopPassword);

  const addresses = addressesOf(config, mail.url);
  const workerPort = config.passedOn['LEVQOR_WORKER_METRICS_PORT'] ?? String(await freePort());
  const workerUrl = `http://127.0.0.1:${workerPort}`;
  Object.assign(local, localFile(addresses, databases, { shopUrl, workerUrl, keys: seeded.tokens }));
  const settings = processSettings(config, secrets, { databases, shopUrl });
  const people = Object.values(seeded.people).map(({ email }) => email);
  await supervisor.run(ownPart('api', { ...settings, ...apiWebSettings(config, secrets, people) }));
  const bundle = await workflowBundle();
  const own = { LEVQOR_WORKER_METRICS_PORT: workerPort, LEVQOR_WORKFLOW_BUNDLE: bundle };
  await supervisor.run(ownPart('worker', { ...settings, ...own }));
  await untilReady(`${addresses.apiUrl}/readyz`, 'api');
  await isBuilt;
  await startWeb(addresses, webSettings(config, secrets, addresses), supervisor);
  if (ended.aborted) return 0;

  showAddresses(addresses);
  const as = (role: keyof SeededDemo['tokens']) => askAs(addresses.apiUrl, seeded.tokens[role]);
  const { workflowId } = await prepareDemo(as('owner'), demoPlaces(shopUrl, secrets, mail.smtpPort));
  const run = await runDemo({ workflowId, addresses, as, decide: config.once, signal: ended });
  if (config.once) return run?.status === 'SUCCEEDED' ? 0 : 1;
  if (!ended.aborted)
    await new Promise((resolve) => ended.addEventListener('abort', resolve, { once: true }));
  return 0;
}

function demoPlaces(shopUrl: string, { shopPassword: password }: LocalSecrets, smtpPort: number): DemoPlaces {
  const { hostname: host, port } = new URL(shopUrl);
  return { shop: { host, port: Number(port || 5432), database: SHOP, user: SHOP, password }, smtpPort };
}

/** Builds while the servers start. It is waited for later; a failure must not end this process before that. */
function beginBuild(): Promise<void> {
  const isBuilt = buildWeb();
  isBuilt.catch(() => undefined);
  return isBuilt;
}

async function startWeb(
  { webUrl }: Addresses,
  settings: Record<string, string>,
  supervisor: Supervisor,
): Promise<void> {
  if (webUrl === null) return;
  await supervisor.run(ownPart('web', settings));
  await untilReady(`${webUrl}/healthz`, 'web');
}

async function startDatabases(
  config: LocalConfig,
  secrets: LocalSecrets,
  supervisor: Supervisor,
): Promise<Databases> {
  if (config.databaseUrl === null) say('postgres', 'starting');
  const embedded =
    config.databaseUrl === null ? await supervisor.run(postgresPart(config.ports.postgres)) : null;
  const databases = databaseUrls(config, secrets, embedded?.url ?? null);
  await prepareDatabase(databases, config);
  return databases;
}

async function startTemporal(config: LocalConfig, supervisor: Supervisor): Promise<void> {
  if (config.temporalAddress !== null) return;
  say('temporal', 'starting');
  await supervisor.run(await temporalPart(config));
}

async function seed(databases: Databases, secrets: LocalSecrets, config: LocalConfig): Promise<SeededDemo> {
  const database = openDatabase(databases.appUrl, 2);
  try {
    const known = await readJson<LocalFile>(LOCAL_FILE);
    const platform = {
      database,
      keyring: parseKeyring(secrets.encryptionKeys),
      launchStage: config.launchStage,
      dispatcher: { dispatch: () => undefined },
    };
    return await seedDemo(platform, { tokens: known?.keys ?? {} });
  } finally {
    await database.close();
  }
}

function wantedPorts({ ports, databaseUrl, temporalAddress, once }: LocalConfig) {
  return [
    ...(once ? [] : [{ port: ports.web, what: 'web app', setting: 'LEVQOR_WEB_PORT' }]),
    { port: ports.api, what: 'GraphQL API', setting: 'LEVQOR_API_PORT' },
    { port: ports.smtp, what: 'mail catcher, SMTP', setting: 'LEVQOR_SMTP_PORT' },
    { port: ports.mail, what: 'mail catcher, web', setting: 'LEVQOR_MAIL_PORT' },
    ...(databaseUrl === null
      ? [{ port: ports.postgres, what: 'PostgreSQL', setting: 'LEVQOR_POSTGRES_PORT' }]
      : []),
    ...(temporalAddress === null
      ? [
          { port: ports.temporal, what: 'Temporal', setting: 'LEVQOR_TEMPORAL_PORT' },
          { port: ports.temporalUi, what: 'Temporal UI', setting: 'LEVQOR_TEMPORAL_UI_PORT' },
        ]
      : []),
  ];
}

function addressesOf({ ports, temporalAddress, once }: LocalConfig, mailUrl: string): Addresses {
  return {
    webUrl: once ? null : `http://localhost:${ports.web}`,
    apiUrl: `http://127.0.0.1:${ports.api}`,
    temporalUiUrl: temporalAddress === null ? `http://127.0.0.1:${ports.temporalUi}` : null,
    mailUrl,
    localFile: relative(ROOT, LOCAL_FILE),
  };
}

function localFile(
  { apiUrl, webUrl, temporalUiUrl, mailUrl }: Addresses,
  databases: Databases,
  { shopUrl, workerUrl, keys }: { shopUrl: string; workerUrl: string; keys: SeededDemo['tokens'] },
) {
  return {
    ...{ apiUrl, webUrl, temporalUiUrl, mailUrl, workerUrl },
    databaseUrl: databases.ownerUrl,
    shopDatabaseUrl: shopUrl,
    keys,
  } satisfies Omit<LocalFile, 'pids'>;
}

/** The settings of API and worker. Besides what the user allows, steps may reach the demo's own two servers. */
function processSettings(
  config: LocalConfig,
  secrets: LocalSecrets,
  { databases, shopUrl }: { databases: Databases; shopUrl: string },
): Record<string, string> {
  const shop = new URL(shopUrl);
  const demoServers = [`${shop.hostname}:${shop.port || 5432}`, `127.0.0.1:${config.ports.smtp}`];
  return {
    // With a Temporal of the user's own, where its interface is stands in the user's own setting.
    ...(config.temporalAddress === null
      ? { LEVQOR_TEMPORAL_UI_URL: `http://127.0.0.1:${config.ports.temporalUi}` }
      : {}),
    ...config.passedOn,
    APP_DATABASE_URL: databases.appUrl,
    TEMPORAL_ADDRESS: config.temporalAddress ?? `127.0.0.1:${config.ports.temporal}`,
    LEVQOR_ENCRYPTION_KEYS: secrets.encryptionKeys,
    LEVQOR_LAUNCH_STAGE: config.launchStage,
    LEVQOR_EGRESS_ALLOW: [config.egressAllow, ...demoServers].filter((entry) => entry !== '').join(','),
    LEVQOR_API_PORT: String(config.ports.api),
    LEVQOR_LOG_PRETTY: 'false',
  };
}

async function sayAlreadyRunning(pid: number): Promise<number> {
  const known = await readJson<LocalFile>(LOCAL_FILE);
  line(paint('yellow', `  Levqor X runs already in this folder (process ${pid}).`));
  if (known?.webUrl) line(`  Web app      ${known.webUrl}`);
  if (known) line(`  GraphQL API  ${known.apiUrl}/graphql    Mail catcher  ${known.mailUrl}`);
  line(`  To start it anew, end that one first: Ctrl-C in its terminal, or kill ${pid}`);
  return 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    line();
    line(paint('red', `  ${error instanceof Error ? error.message : String(error)}`));
    process.exit(1);
  },
);
