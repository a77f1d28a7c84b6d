import { createLogger } from '../activities/log.ts';
import { createDispatcher, sendToTemporal } from '../activities/outbox/index.ts';
import { platformMail } from '../activities/sign-in/index.ts';
import { scheduleTimes } from '../activities/schedules/index.ts';
import { openDatabase } from '../prisma/database.ts';
import { waitForDatabase } from '../prisma/wait-for-database.ts';
import { lazyClient } from '../temporal/client.ts';
import { temporalConfig } from '../temporal/config.ts';
import { parseKeyring } from '../temporal/keyring.ts';
import { readApiConfig, type ApiConfig } from './config.ts';
import { createApp } from './create-app.ts';
import { openLiveFeed } from './live-feed.ts';
import type { WebApp } from './sign-in/sign-in-door.ts';
import { readWebKey } from './sign-in/web-token.ts';

/** Starts the API of this process and ends it on SIGINT and SIGTERM. */
async function main(): Promise<void> {
  const config = readApiConfig();
  const keyring = parseKeyring(config.encryptionKeys);
  const log = createLogger(config.log).child({ process: 'api' });
  await waitForDatabase(config.databaseUrl, (cause) =>
    log.warn({ cause }, 'The database does not answer yet'),
  );

  const database = openDatabase(config.databaseUrl);
  const at = temporalConfig();
  const temporal = lazyClient(at, keyring);
  const dispatcher = createDispatcher({ database, send: sendToTemporal(temporal), log });
  const live = openLiveFeed(config.databaseUrl, log);
  const app = await createApp({
    ...{ database, dispatcher, live, keyring, log },
    ...{ host: config.host, port: config.port, production: config.production },
    launchStage: config.launchStage,
    scheduleTimes: scheduleTimes(temporal),
    rateLimits: config.rateLimits,
    publicUrl: config.publicUrl,
    web: webOf(config),
    temporalUi: config.temporalUiUrl ? { url: config.temporalUiUrl, namespace: at.namespace } : undefined,
    pingTemporal: async () => void (await temporal.workflowService.getSystemInfo({})),
  });
  log.info({ url: app.url }, 'The API listens');

  const stop = async (signal: string): Promise<void> => {
    log.info({ signal }, 'The API ends');
    await app.close();
    await live.close();
    await dispatcher.stop();
    await temporal.connection.close();
    await database.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stop(signal).then(() => process.exit(0)));
}

function webOf({ web, mail }: ApiConfig): WebApp | undefined {
  if (web === null) return undefined;
  const { secret, publicKey, demoPeople } = web;
  const way = mail === null ? null : platformMail(mail.url, mail.from);
  return { key: readWebKey(publicKey), secret, demoPeople, mail: way };
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
