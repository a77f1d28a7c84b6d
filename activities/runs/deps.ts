import type { Database } from '../../prisma/database.ts';
import type { Keyring } from '../../temporal/keyring.ts';
import type { Egress } from '../egress/index.ts';
import type { Dispatcher } from '../context.ts';
import type { Log } from '../log.ts';
import type { ActivityHandle } from './activity-handle.ts';
import type { EffectExecutors } from './effect-executor.ts';
import type { ValueReader } from './read-value.ts';

/** What a worker hands to the run activities. */
export interface RunClients {
  database: Database;
  keyring: Keyring;
  egress: Egress;
  log: Log;
  /** Sends what an activity enqueued, after its transaction. */
  dispatcher: Dispatcher;
}

/** What the run activities share. */
export interface RunDeps extends RunClients {
  values: ValueReader;
  executors: EffectExecutors;
  /** The running activity, as Temporal sees it. */
  activity: () => ActivityHandle;
}
