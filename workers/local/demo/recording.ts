/** A run as the API gives it. Times are ISO 8601. */
export interface RecordedRun {
  id: string;
  status: string;
  createdAt: string;
  finishedAt: string | null;
  workflow: { name: string };
  steps: {
    path: string;
    kind: string;
    status: string;
    startedAt: string | null;
    finishedAt: string | null;
  }[];
}

/** What is kept of runs: names, states and times. Times are milliseconds since the recording began. */
export interface Recording {
  /** When it began, ISO 8601. */
  recordedAt: string;
  /** How long it lasted. */
  lasts: number;
  workflows: string[];
  runs: {
    workflow: number;
    status: string;
    from: number;
    to: number;
    /** The steps that do something themselves. */
    steps: RecordedStep[];
  }[];
}

type RecordedStep = [kind: string, status: string, from: number, to: number];

/** Steps that only hold others. */
const CONTAINERS = new Set(['branch', 'parallel', 'forEach', 'while', 'try', 'callWorkflow']);
const UNTOLD = new Set(['SKIPPED', 'CANCELLED']);

/** Keeps what can be shown to everybody of runs that are over: no input, no output, no id, no person. */
export function recordingOf(runs: RecordedRun[], since: Date): Recording {
  const after = (at: string | null): number =>
    at === null ? 0 : Math.max(0, Date.parse(at) - since.getTime());
  const over = runs
    .filter(({ finishedAt }) => finishedAt !== null)
    .sort((one, other) => one.createdAt.localeCompare(other.createdAt));
  const workflows = [...new Set(over.map(({ workflow }) => workflow.name))].sort();
  return {
    recordedAt: since.toISOString(),
    lasts: Math.max(0, ...over.map(({ finishedAt }) => after(finishedAt))),
    workflows,
    runs: over.map((run) => ({
      workflow: workflows.indexOf(run.workflow.name),
      status: run.status,
      from: after(run.createdAt),
      to: after(run.finishedAt),
      steps: run.steps
        .filter(({ kind, status, finishedAt }) => !CONTAINERS.has(kind) && !UNTOLD.has(status) && finishedAt)
        .map(({ kind, status, startedAt, finishedAt }): RecordedStep => [
          kind,
          status,
          after(startedAt),
          after(finishedAt),
        ])
        .sort((one, other) => one[2] - other[2]),
    })),
  };
}
