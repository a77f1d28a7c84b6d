import type { StateTone } from '../../components/state-shape.tsx';

/** The states of runs and of their steps, with the shape and colour of each. */
export const RUN_TONES = {
  QUEUED: 'idle',
  RUNNING: 'run',
  WAITING: 'wait',
  PAUSED: 'idle',
  SUCCEEDED: 'ok',
  FAILED: 'fail',
  CANCELLED: 'idle',
  TIMED_OUT: 'fail',
} as const satisfies Record<string, StateTone>;
export type RunStatus = keyof typeof RUN_TONES;

export const STEP_TONES = {
  WAITING: 'wait',
  RUNNING: 'run',
  RETRYING: 'wait',
  SUCCEEDED: 'ok',
  SKIPPED: 'idle',
  FAILED: 'fail',
  CANCELLED: 'idle',
} as const satisfies Record<string, StateTone>;
export type StepStatus = keyof typeof STEP_TONES;

/** All states of runs, in the order of their filter. */
export const RUN_STATUSES = Object.keys(RUN_TONES) as RunStatus[];

const OVER: ReadonlySet<RunStatus> = new Set(['SUCCEEDED', 'FAILED', 'CANCELLED', 'TIMED_OUT']);

/** Whether a run can change no more. */
export function isOver(status: RunStatus): boolean {
  return OVER.has(status);
}

/** The colours of the five tones, for texts and for edges. */
export const TONE_TEXTS: Record<StateTone, string> = {
  ok: 'text-ok',
  run: 'text-run',
  wait: 'text-wait',
  fail: 'text-fail',
  idle: 'text-idle',
};
export const TONE_EDGES: Record<StateTone, string> = {
  ok: 'border-ok/60',
  run: 'border-run',
  wait: 'border-wait',
  fail: 'border-fail',
  idle: 'border-line',
};
