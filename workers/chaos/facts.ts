import type { ReceivedEffect } from './counting-receiver.ts';
import type { LedgerRun, Made } from './model.ts';

/** A run as the API shows it when all is over. */
export interface ShownRun {
  id: string;
  status: string;
  output: unknown;
  error: { code: string } | null;
  parentRunId: string | null;
  cancelRequestedAt: string | null;
}

/** An acknowledged run, with what the API shows of it. */
export interface Pair {
  known: LedgerRun;
  shown: ShownRun;
}

/** A request for approval as the API shows it. */
export interface ShownApproval {
  id: string;
  status: string;
  decisions: { decision: string; personEmail: string }[];
}

/** Things of the organisation as the API shows them, by the kinds of `Made`. */
export interface ShownThing {
  kind: Made['kind'];
  id: string;
  name: string;
  /** Published once, or revoked: as it has to be in the end. Always true for a connection. */
  asWanted: boolean;
}

/** All that is known when the load has come to rest: what the client was told, and what can be seen. */
export interface Facts {
  /** How many runs were to be asked for. */
  asked: number;
  ledger: readonly LedgerRun[];
  made: readonly Made[];
  /** What went wrong for the client besides runs. */
  problems: readonly string[];
  runs: readonly ShownRun[];
  approvals: readonly ShownApproval[];
  things: readonly ShownThing[];
  /** The status of each execution of a run in Temporal, by the run's id. */
  executions: ReadonlyMap<string, string>;
  /** What Temporal says of those that are not over, for the first of them. */
  diagnoses: ReadonlyMap<string, string>;
  /** How many steps each run has in the database, by its id. */
  stepCounts: ReadonlyMap<string, number>;
  /** Steps that are open although their run is over, or whose events tell something else: one line for each. */
  stepProblems: readonly string[];
  /** What the audit log tells: `action target`, targets as UUIDs. */
  audited: ReadonlySet<string>;
  effects: ReadonlyMap<string, ReceivedEffect>;
  effectsWithoutKey: readonly string[];
  /** The Message-IDs by the scenario's number. */
  letters: ReadonlyMap<number, ReadonlySet<string>>;
  /** The rows that runs wrote: the run's id, and the scenario's number. */
  rows: readonly { run: string; n: number }[];
  /** Messages that still wait, and those that were set aside. */
  outbox: { waiting: number; failed: number };
  auditChain: { valid: boolean; checked: number; brokenAt: number | null };
}
