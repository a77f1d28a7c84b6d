import type { Database } from '../../prisma/database.ts';
import type { Log } from '../log.ts';
import type { ValueReader } from './read-value.ts';

/** What the run activities share. */
export interface RunDeps {
  database: Database;
  values: ValueReader;
  log: Log;
}
