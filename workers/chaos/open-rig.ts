import { openPlatform, type TestPlatform } from '../testing/platform.ts';
import { startMailReceiver, type MailReceiver } from '../testing/receivers.ts';
import { openShop, type Shop } from '../testing/shop.ts';
import { startCountingReceiver, type CountingReceiver } from './counting-receiver.ts';
import { openLoopbackProxy, type LoopbackProxy } from './loopback-proxy.ts';
import type { Proxied } from './model.ts';
import { startRestartableServers, type RestartableServers } from './restartable-servers.ts';

/** All that a load needs: servers of its own, a platform behind proxies, and the receivers outside. */
export interface Rig {
  servers: RestartableServers;
  platform: TestPlatform;
  proxies: Record<Proxied, LoopbackProxy>;
  receiver: CountingReceiver;
  mail: MailReceiver;
  shop: Shop;
  /** The API, through its proxy. */
  apiUrl: string;
  close(): Promise<void>;
}

/** Starting takes two seconds, and much longer on a machine that is busy with other things. Milliseconds. */
const START_LIMIT = 120_000;

/** A load asks more than the usual limits of one key and one address let through. */
const RATES = Object.fromEntries(
  ['KEY', 'ADDRESS', 'SIGN_IN', 'HOOK', 'HOOK_ADDRESS'].map((kind) => [
    `LEVQOR_RATE_LIMIT_${kind}`,
    '1000000/1',
  ]),
);

/** Opens everything, in about fifteen seconds. `say` is told what takes time. */
export async function openRig(say: (line: string) => void): Promise<Rig> {
  const closing: (() => Promise<unknown>)[] = [];
  const closers = <T>(part: T, close: () => Promise<unknown>): T => {
    closing.unshift(close);
    return part;
  };
  const close = async () => {
    for (const end of closing.splice(0)) await end().catch((error: unknown) => say(String(error)));
  };
  try {
    const servers = await startRestartableServers(say);
    closers(servers, servers.close);
    const receiver = await startCountingReceiver();
    closers(receiver, receiver.stop);
    const mail = await startMailReceiver();
    closers(mail, mail.stop);
    const proxyTo = async (port: number) => {
      const proxy = await openLoopbackProxy(port);
      return closers(proxy, proxy.close);
    };
    const postgres = await proxyTo(servers.postgres.port);
    const temporal = await proxyTo(servers.temporal.port);
    const toReceiver = await proxyTo(receiver.port);
    const shop = await openShop(servers.database.adminUrl);
    await shop.sql(`CREATE TABLE entry (run text PRIMARY KEY, n int, written int DEFAULT 1);
      GRANT ALL ON entry TO ${shop.user}`);
    const platform = await openPlatform({
      allow: [toReceiver.port, mail.port, postgres.port],
      temporalAddress: `127.0.0.1:${servers.temporal.port}`,
      database: servers.database,
      startLimitMs: START_LIMIT,
      settings: {
        APP_DATABASE_URL: throughPort(servers.database.appUrl, postgres.port),
        TEMPORAL_ADDRESS: `127.0.0.1:${temporal.port}`,
        ...RATES,
      },
    });
    closers(platform, platform.stop);
    const api = await proxyTo(Number(new URL(platform.apiUrl).port));
    const proxies = { postgres, temporal, api, receiver: toReceiver };
    const apiUrl = throughPort(platform.apiUrl, api.port).replace(/\/$/, '');
    return { servers, platform, proxies, receiver, mail, shop, apiUrl, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function throughPort(address: string, port: number): string {
  const url = new URL(address);
  url.port = String(port);
  return url.href;
}
