import type { StateTone } from '../../components/state-shape.tsx';

/** What stands on a thread: a step that is done, a gate at which people are asked, or a step that failed. */
export interface Knot {
  kind: 'step' | 'gate' | 'failure';
  /** When it was there; for a gate, when people were asked. Milliseconds. */
  at: number;
  /** When a gate was decided; null while it waits, and for all others. */
  until: number | null;
}

/** A run, as the picture shows it. Times are milliseconds. */
export interface Thread {
  id: string;
  /** The name of the workflow, by which threads begin together. */
  name: string;
  tone: StateTone;
  from: number;
  /** When it ended; null while it goes on. */
  to: number | null;
  knots: Knot[];
}

/** A run with its steps, as the API gives it. Times are ISO 8601. */
export interface DrawnRun {
  id: string;
  status: string;
  createdAt: string;
  finishedAt: string | null;
  workflow: { name: string };
  steps: { kind: string; status: string; startedAt: string | null; finishedAt: string | null }[];
}

/** Steps that only hold others. */
const CONTAINERS = new Set(['branch', 'parallel', 'forEach', 'while', 'try', 'callWorkflow']);
const TONES: Record<string, StateTone> = {
  QUEUED: 'idle',
  RUNNING: 'run',
  WAITING: 'wait',
  PAUSED: 'idle',
  SUCCEEDED: 'ok',
  FAILED: 'fail',
  TIMED_OUT: 'fail',
  CANCELLED: 'idle',
};

/** The thread of a run. */
export function threadOf(run: DrawnRun): Thread {
  return {
    id: run.id,
    name: run.workflow.name,
    tone: TONES[run.status] ?? 'idle',
    from: Date.parse(run.createdAt),
    to: run.finishedAt === null ? null : Date.parse(run.finishedAt),
    knots: run.steps
      .flatMap((step) => knotOf(step) ?? [])
      .sort((one, other) => one.at - other.at || (one.until ?? 0) - (other.until ?? 0)),
  };
}

function knotOf({ kind, status, startedAt, finishedAt }: DrawnRun['steps'][number]): Knot | null {
  if (CONTAINERS.has(kind) || status === 'SKIPPED') return null;
  const end = finishedAt === null ? null : Date.parse(finishedAt);
  if (kind === 'approval' && startedAt !== null)
    return { kind: 'gate', at: Date.parse(startedAt), until: end };
  if (end === null) return null;
  if (status === 'FAILED') return { kind: 'failure', at: end, until: null };
  return status === 'SUCCEEDED' ? { kind: 'step', at: end, until: null } : null;
}

/** Knots of one thread that a picture can show apart. */
const MOST_KNOTS = 80;

/** The thread with no more knots than can be told apart: all gates and failures, and of the other steps each so-and-so-manieth. */
export function lightened(thread: Thread): Thread {
  const plain = thread.knots.filter(({ kind }) => kind === 'step').length;
  const each = Math.max(1, Math.ceil(plain / MOST_KNOTS));
  let count = 0;
  return { ...thread, knots: thread.knots.filter(({ kind }) => kind !== 'step' || count++ % each === 0) };
}
