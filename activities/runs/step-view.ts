import type { Json } from '../../workflows/json.ts';
import type { StepKind } from '../../workflows/definitions/model.ts';
import type { RunError, StepStatus } from '../../workflows/runs/model.ts';

/** A step of a run as it stands. Times are ISO 8601. Where a `…Ref` is set, `readRunValues` gives the value. */
export interface StepView {
  runId: string;
  path: string;
  stepId: string;
  kind: StepKind;
  status: StepStatus;
  attempt: number;
  /** Steps are listed by it, in the order in which they began. */
  sequence: number;
  input: Json;
  inputRef: string | null;
  output: Json;
  outputRef: string | null;
  error: RunError | null;
  waitingFor: string | null;
  until: string | null;
  startedAt: string | null;
  finishedAt: string | null;
  /** The earlier run whose result was taken over; null when the step ran in this one. */
  reusedFrom: string | null;
}

/** A row of the table `run_step`. */
export interface StepRow {
  runId: string;
  path: string;
  stepId: string;
  kind: string;
  status: string;
  attempt: number;
  sequence: number;
  input: unknown;
  inputRef: string | null;
  output: unknown;
  outputRef: string | null;
  error: unknown;
  waitingFor: string | null;
  until: Date | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  reusedFrom: string | null;
}

/** The view of a row. */
export function toStepView(row: StepRow): StepView {
  const { runId, path, stepId, attempt, sequence, inputRef, outputRef, waitingFor, reusedFrom } = row;
  return {
    ...{ runId, path, stepId, attempt, sequence, inputRef, outputRef, waitingFor, reusedFrom },
    kind: row.kind as StepKind,
    status: row.status as StepStatus,
    input: row.input as Json,
    output: row.output as Json,
    error: row.error as RunError | null,
    until: row.until?.toISOString() ?? null,
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}
