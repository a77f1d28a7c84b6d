import type { Database } from '../../prisma/database.ts';
import type { Keyring } from '../../temporal/keyring.ts';
import type { Egress } from '../egress/index.ts';
import type { Log } from '../log.ts';

/** What deliveries need of a worker. */
export interface EndpointClients {
  database: Database;
  keyring: Keyring;
  egress: Egress;
  log: Log;
}
