import { setTimeout as pause } from 'node:timers/promises';
import type { Ask } from '../graphql.ts';
import { isTerminal, line, Screen } from '../terminal.ts';
import { isOver, openApprovals, readRun, type OpenApproval, type ShownRun } from './demo-run.ts';
import { changedLines, progressLines } from './progress.ts';

/** Times in milliseconds. */
const LOOK = 300;
/** A run counts as settled in its wait when nothing has moved for this long. People take their time: it is looked at less. */
const CALM = 1_500;
const CALM_LOOK = 2_000;

export interface Watch {
  ask: Ask;
  runId: string;
  signal: AbortSignal;
  /** Called each time when the run has come to rest on requests that people must decide, and they are new. */
  onWaiting: (approvals: OpenApproval[]) => Promise<void> | void;
}

/** Shows a run's progress until it is over; gives its end. An API that is away for a moment is waited for. */
export async function watchRun({ ask, runId, signal, onWaiting }: Watch): Promise<ShownRun | null> {
  const seen = new Map<string, string>();
  let shape = '';
  let since = Date.now();
  let told = '';
  while (!signal.aborted) {
    const run = await readRun(ask, runId).catch(() => null);
    if (run) {
      show(run, seen);
      if (isOver(run)) {
        Screen.keep();
        return run;
      }
      const now = run.steps.map((step) => `${step.path}${step.status}`).join();
      if (now !== shape) [shape, since] = [now, Date.now()];
      if (run.status === 'WAITING' && Date.now() - since > CALM)
        told = await tell({ ask, runId, told, onWaiting });
    }
    const look = Date.now() - since > CALM ? CALM_LOOK : LOOK;
    await pause(look, undefined, { signal }).catch(() => undefined);
  }
  Screen.keep();
  return null;
}

async function tell({
  ask,
  runId,
  told,
  onWaiting,
}: Pick<Watch, 'ask' | 'runId' | 'onWaiting'> & { told: string }): Promise<string> {
  const approvals = await openApprovals(ask, runId).catch(() => []);
  const names = approvals.map((one) => `${one.id}${one.missing ?? ''}`).join();
  if (names !== '' && names !== told) await onWaiting(approvals);
  return names;
}

function show(run: ShownRun, seen: Map<string, string>): void {
  const now = Date.now();
  if (isTerminal) Screen.draw(progressLines(run, now));
  else for (const text of changedLines(run, seen, now)) line(text);
}
