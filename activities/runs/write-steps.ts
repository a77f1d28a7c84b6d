import { Prisma, type Db } from '../../prisma/database.ts';
import type { Json } from '../../workflows/json.ts';
import type { RunKey } from '../../workflows/runs/activities.ts';
import {
  STEP_EVENT_KINDS,
  type StepEvent,
  type StepEventKind,
  type StepStatus,
} from '../../workflows/runs/model.ts';
import type { RunDeps } from './deps.ts';
import { readableError } from './readable-error.ts';
import { settleHeld } from './settle-held.ts';

/** A step event as the database takes it. */
interface EventRow {
  path: string;
  attempt: number;
  kind: StepEventKind;
  stepId: string;
  stepKind: string;
  sequence: number;
  at: string;
  data: Json;
  status: StepStatus;
  rank: number;
  input: Json;
  inputRef: string | null;
  output: Json;
  outputRef: string | null;
  error: Json;
  waitingFor: string | null;
  until: string | null;
  startedAt: string | null;
  finishedAt: string | null;
}

/** The rank of a kind: of two events of one attempt, the one of the higher rank says where the step stands. */
export function rankOf(kind: StepEventKind): number {
  return STEP_EVENT_KINDS.indexOf(kind);
}

/** The lowest rank of a step that is over. */
export const FINAL_RANK = rankOf('SKIPPED');

/** Events as rows, one a key (path, attempt, kind) and sorted by it. Stores what is too large or odd for a row. */
export async function toEventRows(
  deps: Pick<RunDeps, 'database' | 'values'>,
  key: RunKey,
  events: StepEvent[],
): Promise<EventRow[]> {
  const rows = new Map<string, EventRow>();
  for (const event of events) {
    const name = JSON.stringify([event.path, event.attempt, rankOf(event.kind)]);
    const earlier = rows.get(name);
    const row = await toEventRow(deps, key, event);
    rows.set(name, earlier ? sameEvent(earlier, row) : row);
  }
  return [...rows.values()].sort(byKey);
}

/**
 * Writes events and brings the steps up to date. Whatever the order, the grouping and the number of deliveries, the
 * same rows come of it: events go by their key, and a step's row changes only to a newer attempt or a higher rank.
 */
export async function writeSteps(db: Db, key: RunKey, rows: EventRow[]): Promise<void> {
  if (rows.length === 0) return;
  const steps = foldByPath(rows);
  await db.$executeRaw`
    WITH happened AS (
      INSERT INTO run_event AS e (tenant_id, run_id, path, attempt, kind, step_id, step_kind, sequence, at, data)
      SELECT ${key.tenantId}::uuid, ${key.runId}::uuid, n.*
      FROM jsonb_to_recordset(${JSON.stringify(rows.map(eventColumns))}::jsonb) AS n
        (path text, attempt int, kind text, "stepId" text, "stepKind" text, sequence int, at timestamptz, data jsonb)
      ON CONFLICT (tenant_id, run_id, path, attempt, kind) DO UPDATE
        SET sequence = EXCLUDED.sequence, at = LEAST(e.at, EXCLUDED.at), data = EXCLUDED.data
    )
    INSERT INTO run_step AS s (tenant_id, run_id, path, step_id, kind, status, attempt, rank, sequence,
      input, input_ref, output, output_ref, error, waiting_for, until, started_at, finished_at)
    SELECT ${key.tenantId}::uuid, ${key.runId}::uuid, n.*
    FROM jsonb_to_recordset(${JSON.stringify(steps)}::jsonb) AS n
      (path text, "stepId" text, "stepKind" text, status text, attempt int, rank int, sequence int,
       input jsonb, "inputRef" uuid, output jsonb, "outputRef" uuid, error jsonb, "waitingFor" text,
       until timestamptz, "startedAt" timestamptz, "finishedAt" timestamptz)
    ON CONFLICT (tenant_id, run_id, path) DO UPDATE SET ${Prisma.raw(MERGED_COLUMNS)}`;
}

/** Ends the steps of a run that are still open: nothing of it goes on. */
export async function cancelOpenSteps(db: Db, { tenantId, runId }: RunKey): Promise<void> {
  await db.runStep.updateMany({
    where: { tenantId, runId, rank: { lt: FINAL_RANK } },
    data: {
      status: 'CANCELLED',
      rank: rankOf('CANCELLED'),
      waitingFor: null,
      until: null,
      finishedAt: new Date(),
    },
  });
}

async function toEventRow(
  deps: Pick<RunDeps, 'database' | 'values'>,
  key: RunKey,
  event: StepEvent,
): Promise<EventRow> {
  const place = { tenantId: key.tenantId, runId: key.runId, path: event.path };
  const [input, output] = [
    await settleHeld(deps, place, event.input),
    await settleHeld(deps, place, event.output),
  ];
  const { path, attempt, kind, stepId, stepKind, sequence } = event;
  const error = event.error ? readableError(event.error) : null;
  const until = event.until === undefined ? null : new Date(event.until).toISOString();
  const waitingFor = event.waitingFor ?? null;
  return {
    ...{ path, attempt, kind, stepId, stepKind, sequence },
    ...timesOf(kind, new Date(event.at).toISOString()),
    data: error || until || waitingFor ? { error, until, waitingFor } : null,
    status: kind === 'STARTED' ? 'RUNNING' : kind,
    rank: rankOf(kind),
    ...{ input: input.json, inputRef: input.ref, output: output.json, outputRef: output.ref },
    ...{ error, until, waitingFor },
  };
}

// The interpreter may say an event twice: the later one knows more, the earlier one knows when.
function sameEvent(earlier: EventRow, later: EventRow): EventRow {
  const { input, inputRef } = later.input === null && later.inputRef === null ? earlier : later;
  const at = earlier.at < later.at ? earlier.at : later.at;
  return { ...later, input, inputRef, ...timesOf(later.kind, at) };
}

function timesOf(kind: StepEventKind, at: string): Pick<EventRow, 'at' | 'startedAt' | 'finishedAt'> {
  return {
    at,
    startedAt: kind === 'STARTED' ? at : null,
    finishedAt: rankOf(kind) >= FINAL_RANK ? at : null,
  };
}

// One order for all writers, so that two of them never wait for each other.
function byKey(left: EventRow, right: EventRow): number {
  if (left.path !== right.path) return left.path < right.path ? -1 : 1;
  return left.attempt - right.attempt || left.rank - right.rank;
}

// One statement can change a row once: the events of a path become one, as if they had come one after the other.
function foldByPath(sorted: EventRow[]): EventRow[] {
  const folded = new Map<string, EventRow>();
  for (const row of sorted) {
    const earlier = folded.get(row.path);
    folded.set(row.path, earlier ? fold(earlier, row) : row);
  }
  return [...folded.values()];
}

function fold(earlier: EventRow, later: EventRow): EventRow {
  const sequence = Math.min(earlier.sequence, later.sequence);
  if (earlier.attempt !== later.attempt) return { ...later, sequence };
  return {
    ...{ ...later, sequence },
    input: later.input ?? earlier.input,
    inputRef: later.inputRef ?? earlier.inputRef,
    startedAt: first(earlier.startedAt, later.startedAt),
    finishedAt: first(earlier.finishedAt, later.finishedAt),
  };
}

function first(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

// Without input and output: the step's row has them, once.
function eventColumns({ path, attempt, kind, stepId, stepKind, sequence, at, data }: EventRow) {
  return { path, attempt, kind, stepId, stepKind, sequence, at, data };
}

/** A column as the newer of two rows has it: `s` is the stored one, EXCLUDED the one that arrives. */
const newer = (column: string) =>
  `CASE WHEN (EXCLUDED.attempt, EXCLUDED.rank) >= (s.attempt, s.rank) THEN EXCLUDED.${column} ELSE s.${column} END`;

/** A column that only some events of an attempt carry. */
const ofAttempt = (column: string) =>
  `CASE WHEN EXCLUDED.attempt <> s.attempt THEN ${newer(column)} ELSE COALESCE(${newer(column)}, s.${column}, EXCLUDED.${column}) END`;

/** A time that the first delivery of an attempt's event gives. */
const firstOfAttempt = (column: string) =>
  `CASE WHEN EXCLUDED.attempt <> s.attempt THEN ${newer(column)} ELSE LEAST(s.${column}, EXCLUDED.${column}) END`;

const MERGED_COLUMNS = [
  'sequence = LEAST(s.sequence, EXCLUDED.sequence)',
  ...['input', 'input_ref'].map((column) => `${column} = ${ofAttempt(column)}`),
  ...['started_at', 'finished_at'].map((column) => `${column} = ${firstOfAttempt(column)}`),
  ...['status', 'attempt', 'rank', 'output', 'output_ref', 'error', 'waiting_for', 'until'].map(
    (column) => `${column} = ${newer(column)}`,
  ),
].join(', ');
