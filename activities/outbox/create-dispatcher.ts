import type { Database } from '../../prisma/database.ts';
import { subjectOf, type Dispatcher, type OutboxMessage, type QueuedMessage } from '../context.ts';
import type { Log } from '../log.ts';
import {
  claimMessage,
  finishMessage,
  isQueued,
  postponeMessage,
  type Claimed,
  type MessageKey,
} from './outbox-rows.ts';
import { MessageRefusedError, RunNotOpenError } from './send-errors.ts';

/** What a dispatcher works with. `send` throws MessageRefusedError, RunNotOpenError, or anything else to be tried again. */
export interface DispatcherParts {
  database: Database;
  send: (message: QueuedMessage) => Promise<void>;
  log: Pick<Log, 'warn' | 'error'>;
  metrics?: { count(kind: OutboxMessage['kind'], outcome: DeliveryOutcome): void };
  timing?: Partial<DispatcherTiming>;
}

/** `sent`: it arrived. `dropped`: its run is over. `retried`: it will be tried again. `failed`: set aside for good. */
export type DeliveryOutcome = 'sent' | 'dropped' | 'retried' | 'failed';

/** Times in milliseconds. */
export interface DispatcherTiming {
  /** Pause between two sweeps: after one that sent something, and after one that did not. */
  busyMs: number;
  idleMs: number;
  /** How long a claimed message is this process's own; longer than a send can take. */
  leaseMs: number;
  /** Wait after the first failure, doubling up to the longest one, each with a quarter of jitter. */
  firstRetryMs: number;
  longestRetryMs: number;
}

const TIMING: DispatcherTiming = {
  busyMs: 1_000,
  idleMs: 2_000,
  leaseMs: 15_000,
  firstRetryMs: 1_000,
  longestRetryMs: 60_000,
};
/** A message that the receiver refuses is set aside after this many attempts. What fails otherwise is never given up. */
const REFUSED_ATTEMPTS = 20;
const BATCH = 100;
const PARALLEL_SENDS = 8;
const MAX_ERROR_LENGTH = 500;

/** Sends what the outbox holds: at once when told of it, and by sweeps what that missed. */
export interface OutboxDispatcher extends Dispatcher {
  /** Sends all that is due and returns how many messages arrived. Throws when the database does not answer. */
  sweep(): Promise<number>;
  /** Sweeps again and again; a failing sweep is logged and the next one comes. */
  start(): void;
  /** Takes on nothing new and waits for what is being sent. */
  stop(): Promise<void>;
}

/**
 * Makes a dispatcher. Each committed message arrives at least once, and the messages of one subject in the order in which
 * they were written: a later one is not sent while an earlier one waits. Several processes may run dispatchers side by
 * side; a message is claimed before it is sent, apart from the first attempt at `startRun`, which is a run's first
 * message and may be repeated without harm. A message that was set aside no longer holds up those behind it.
 */
export function createDispatcher(parts: DispatcherParts): OutboxDispatcher {
  const { database, log } = parts;
  const timing = { ...TIMING, ...parts.timing };
  const inFlight = new Set<Promise<unknown>>();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const track = async <T>(work: Promise<T>): Promise<T> => {
    inFlight.add(work);
    return work.finally(() => inFlight.delete(work));
  };
  const deliver = (claim: Promise<Claimed | null>) => sendInTurn(parts, timing, claim);
  const claim = (key: MessageKey, fresh: boolean) =>
    claimMessage(database, key, { fresh, leaseMs: timing.leaseMs });

  const sweep = () => track(sendDue(database, (key) => (stopped ? null : deliver(claim(key, false)))));
  const tick = async (): Promise<void> => {
    const sent = await sweep().catch((error: unknown) => {
      log.warn({ err: error }, 'the outbox could not be swept; the next sweep comes soon');
      return 0;
    });
    plan(sent > 0 ? timing.busyMs : timing.idleMs);
  };
  const plan = (delay: number): void => {
    if (!stopped) timer = setTimeout(() => void tick(), delay).unref();
  };

  return {
    dispatch: (messages) => {
      if (stopped) return;
      for (const message of messages)
        void track(
          deliver(
            message.message.kind === 'startRun'
              ? Promise.resolve({ ...message, attempts: 1 })
              : claim(message, true),
          ),
        );
    },
    sweep,
    start: () => plan(0),
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await Promise.allSettled(inFlight);
    },
  };
}

/** Sends a message and those of the same subject that waited for it; returns how many arrived. Never throws. */
async function sendInTurn(
  parts: DispatcherParts,
  timing: DispatcherTiming,
  claim: Promise<Claimed | null>,
): Promise<number> {
  let sent = 0;
  try {
    for (let next = await claim; next !== null; sent += 1) {
      if (!(await attempt(parts, timing, next))) return sent;
      next = await finishMessage(parts.database, next, timing.leaseMs);
    }
  } catch (err) {
    parts.log.warn({ err }, 'the outbox could not be read or written; its messages stay and are sent later');
  }
  return sent;
}

/**
 * Sends what is due, batch after batch, until there is no more or nothing of a batch arrived. `deliver` gives the number
 * of messages that arrived, or null when it takes on nothing new.
 */
async function sendDue(
  database: Database,
  deliver: (key: MessageKey) => Promise<number> | null,
): Promise<number> {
  let total = 0;
  for (;;) {
    const due = await database.lookup.dueOutbox(BATCH);
    const queue = due.values();
    const lane = async () => {
      let sent = 0;
      for (const key of queue) sent += (await deliver(key)) ?? 0;
      return sent;
    };
    const lanes = await Promise.all(Array.from({ length: PARALLEL_SENDS }, lane));
    const sent = lanes.reduce((sum, each) => sum + each, 0);
    total += sent;
    if (sent === 0 || due.length < BATCH) return total;
  }
}

/** One attempt. True when the message is done with: it arrived, or its run is over and nobody is left to take it. */
async function attempt(
  { database, send, log, metrics }: DispatcherParts,
  timing: DispatcherTiming,
  claimed: Claimed,
): Promise<boolean> {
  const { attempts, ...queued } = claimed;
  const { tenantId, id, message } = queued;
  try {
    await send(queued);
    metrics?.count(message.kind, 'sent');
    return true;
  } catch (error) {
    if (error instanceof RunNotOpenError && !(await waitsForStart(database, claimed))) {
      metrics?.count(message.kind, 'dropped');
      return true;
    }
    const forGood = error instanceof MessageRefusedError && attempts >= REFUSED_ATTEMPTS;
    const text = (error instanceof Error ? error.message : String(error)).slice(0, MAX_ERROR_LENGTH);
    await postponeMessage(database, claimed, { error: text, delayMs: backOff(timing, attempts), forGood });
    metrics?.count(message.kind, forGood ? 'failed' : 'retried');
    const about = {
      err: error,
      tenantId,
      subject: subjectOf(message),
      messageId: id,
      kind: message.kind,
      attempts,
    };
    if (forGood) log.error(about, 'a message to Temporal is refused again and again, and was set aside');
    else log.warn(about, 'a message to Temporal did not arrive and will be sent again');
    return false;
  }
}

/** True for a message to a run that was written and whose execution is still to come. */
async function waitsForStart(database: Database, { tenantId, message }: Claimed): Promise<boolean> {
  return 'runId' in message && isQueued(database, tenantId, message.runId);
}

function backOff({ firstRetryMs, longestRetryMs }: DispatcherTiming, attempts: number): number {
  return Math.min(longestRetryMs, firstRetryMs * 2 ** (attempts - 1)) * (0.75 + Math.random() / 2);
}
