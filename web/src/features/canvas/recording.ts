import recorded from './recording.json' with { type: 'json' };
import { threadOf, type Thread } from './thread.ts';

/** Real runs of the demo, recorded by workers/local/demo/record-runs.ts. Times are milliseconds since its begin. */
export interface Recording {
  /** When it was recorded, ISO 8601. */
  recordedAt: string;
  /** How long it lasts. */
  lasts: number;
  workflows: string[];
  threads: Thread[];
}

/** The recording as it is stored. */
export interface StoredRecording {
  recordedAt: string;
  lasts: number;
  workflows: string[];
  runs: { workflow: number; status: string; from: number; to: number; steps: (string | number)[][] }[];
}

/** Reads a stored recording. */
export function readRecording({ recordedAt, lasts, workflows, runs }: StoredRecording): Recording {
  const time = (at: unknown): string => new Date(Number(at)).toISOString();
  const threads = runs.map((run, i) =>
    threadOf({
      id: `recorded ${i}`,
      status: run.status,
      createdAt: time(run.from),
      finishedAt: time(run.to),
      workflow: { name: workflows[run.workflow] ?? '' },
      steps: run.steps.map(([kind, status, from, to]) => ({
        kind: String(kind),
        status: String(status),
        startedAt: time(from),
        finishedAt: time(to),
      })),
    }),
  );
  return { recordedAt, lasts, workflows, threads };
}

/** The recording that the public pages play. */
export const RECORDING: Recording = readRecording(recorded);
