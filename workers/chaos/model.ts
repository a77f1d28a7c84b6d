/** What the fault rig is asked to do, what it notes while it works, and what it reports. */

/** The flows that are run side by side. */
export const FLOWS = [
  'pure',
  'effects',
  'letter',
  'row',
  'approval',
  'event',
  'timer',
  'parent',
  'hook',
  'pause',
  'cancel',
  'fails',
] as const;
export type FlowName = (typeof FLOWS)[number];

/** One run as it is planned. Times are in milliseconds. */
export interface Scenario {
  /** From 1; it is the run's input `n`, by which the receivers know whose effect arrives. */
  number: number;
  flow: FlowName;
  /** Takes the less usual way: denied instead of approved, cancelled at once instead of when it waits. */
  odd: boolean;
  /** How long the people wait before they act on it. */
  delayMs: number;
}

/** A call of the outside world that a run has to make. */
export interface ExpectedEffect {
  /** Whose idempotency key it carries: the run's own, or that of the run that it calls. */
  of: 'run' | 'child';
  /** The path of the step. */
  path: string;
  body: unknown;
}

/** How a run has to end. */
export interface Expected {
  status: 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  output: unknown;
  /** The code of the run's error, or null. */
  errorCode: string | null;
  effects: ExpectedEffect[];
  /** True when it depends on how far the run had come which of the effects there are. */
  effectsMayBeMissing: boolean;
  /** How many letters it sends, and rows it writes. */
  letters: number;
  rows: number;
  /** How many steps it has in the end; null when that depends on how far it had come. */
  steps: number | null;
}

export type FaultKind =
  | 'worker-kill'
  | 'api-kill'
  | 'postgres-smart-stop'
  | 'postgres-fast-stop'
  | 'postgres-kill'
  | 'temporal-stop'
  | 'temporal-kill'
  | 'proxy-cut'
  | 'proxy-slow'
  | 'proxy-dark';
export const PROXIED = ['postgres', 'temporal', 'api', 'receiver'] as const;
export type Proxied = (typeof PROXIED)[number];

/** One fault. Times are in milliseconds, `at` since the load began. */
export interface Fault {
  at: number;
  kind: FaultKind;
  /** How long what was stopped stays away, or how long the proxy stays slow or dark; 0 for what is over at once. */
  holdMs: number;
  /** The connections that are disturbed; null for the others. */
  proxy: Proxied | null;
  /** How slow: a delay for each piece of data, and the pace; null for the others. */
  slow: { latencyMs: number; bytesPerSecond: number } | null;
}

/** A change that the API acknowledged, or is still asked for. */
export interface Mutation {
  kind: 'decide' | 'sendEvent' | 'pause' | 'resume' | 'cancel';
  /** What it is about: the approval's id, the event's name, or the run's own id. */
  target: string;
  /** `APPROVE` or `DENY`; null for the others. */
  decision: 'APPROVE' | 'DENY' | null;
  acknowledged: boolean;
}

/** A run as the load's client knows it. */
export interface LedgerRun {
  scenario: Scenario;
  /** The id that the API gave, or null while the start is not acknowledged. */
  runId: string | null;
  /** When it was acknowledged, in milliseconds since 1970; 0 before. */
  startedAt: number;
  mutations: Mutation[];
  /** Why the client gave it up, or null. */
  problem: string | null;
}

/** Something besides runs that the API acknowledged. */
export interface Made {
  kind: 'connection' | 'workflow' | 'apiKey';
  id: string;
  name: string;
}

/** How often the client had to ask again, by reason. */
export interface ClientCounts {
  requests: number;
  /** No answer: refused, cut off, or none within the limit. */
  network: number;
  /** `database_unavailable`, or status 503. */
  unavailable: number;
  /** Any other failure that was the platform's own. */
  internal: number;
  rateLimited: number;
}

/** What the receivers counted. */
export interface EffectCounts {
  /** Different idempotency keys, Message-IDs and rows: what the world got. */
  effects: number;
  letters: number;
  rows: number;
  /** How often they arrived in all, repeated ones included. */
  effectsArrived: number;
  lettersArrived: number;
  rowsWritten: number;
  /** Calls that were refused with 503 on purpose. */
  refused: number;
}

/** One invariant and how it stands. */
export interface InvariantResult {
  name: string;
  /** What is asked, in a sentence. */
  rule: string;
  /** How many were looked at, and how many break it. */
  checked: number;
  broken: number;
  /** The first of them, with ids. */
  examples: string[];
}

export interface FlowResult {
  flow: FlowName;
  runs: number;
  succeeded: number;
  failed: number;
  cancelled: number;
  /** From being asked for to its end, in seconds; waits for people are part of it. */
  medianSeconds: number;
  p95Seconds: number;
}

export interface FaultResult {
  kind: FaultKind;
  proxy: Proxied | null;
  count: number;
  /** For how long in all, in seconds: until it answered again, or until the connections were as before. */
  seconds: number;
}

/** The whole result, as it is written to `.levqor/results/chaos-<seed>.json`. */
export interface ChaosResult {
  kind: 'levqor-chaos';
  format: 1;
  ok: boolean;
  /** ISO 8601. */
  startedAt: string;
  endedAt: string;
  command: string;
  seed: number;
  /** How many runs were asked for, how many may be open at once, and the longest load in minutes. */
  options: { runs: number; openRuns: number; minutes: number };
  machine: { cpus: number; cpu: string; memoryGb: number; platform: string; loadAverage: number[] };
  versions: { levqor: string; commit: string | null; node: string; postgres: string; temporal: string };
  seconds: { setup: number; load: number; settle: number; check: number };
  runs: { started: number; called: number; perFlow: FlowResult[] };
  mutations: { kind: string; count: number }[];
  faults: FaultResult[];
  /** How often the processes were started, and how often they ended although nobody had killed them. */
  processes: { name: 'api' | 'worker'; starts: number; endedByThemselves: number }[];
  client: ClientCounts;
  effects: EffectCounts;
  invariants: InvariantResult[];
}
