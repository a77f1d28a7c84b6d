import { Client, Connection } from '@temporalio/client';
import type { TemporalConfig } from './config.ts';
import { dataConverter } from './data-converter.ts';
import type { Keyring } from './keyring.ts';

/** A client that connects at its first call and again after each loss; a server that is away does not hinder the start. */
export function lazyClient(config: TemporalConfig, keyring: Keyring): Client {
  const connection = Connection.lazy({
    address: config.address,
    ...(config.tls ? { tls: true } : {}),
    ...(config.apiKey === undefined ? {} : { apiKey: config.apiKey }),
  });
  return new Client({ connection, namespace: config.namespace, dataConverter: dataConverter(keyring) });
}
