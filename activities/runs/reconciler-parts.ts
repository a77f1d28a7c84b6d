import type { RunClients } from './deps.ts';
import type { Look } from './reconcile-look.ts';

/** What the reconciler works with. */
export interface ReconcilerParts extends Pick<RunClients, 'database' | 'dispatcher' | 'log'> {
  look: Look;
  /** Asked before each page of runs: false ends the pass. */
  goesOn?: () => Promise<boolean>;
  /** Counts what was put right, and to which status. */
  metrics?: { count(what: 'run' | 'bulkRerun', status: string): void };
}

/** What is younger is left to those who are starting it: seconds. */
export const OLDER_THAN = 15;
/** Runs in one query of the index. Their ids make its text: 100 are 8 KB. */
export const PAGE = 100;
