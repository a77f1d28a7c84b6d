import type { Ask } from '../graphql.ts';
import type { DemoRole } from '../seed-demo.ts';
import { paint, say } from '../terminal.ts';
import { approve, findOpenRun, startRun, type OpenApproval, type ShownRun } from './demo-run.ts';
import { showEnd, showHowToDecide, type Addresses } from './guide.ts';
import { watchRun } from './watch-run.ts';

export interface Demo {
  workflowId: string;
  addresses: Addresses;
  /** Calls the API as one of the demo's people. */
  as: (role: DemoRole) => Ask;
  /** Decide the approvals as the demo's approvers. */
  decide: boolean;
  signal: AbortSignal;
}

/**
 * Runs the demo workflow, or goes on with a run that is still open, and shows its progress. Gives its end, or null
 * when the signal came first.
 */
export async function runDemo(demo: Demo): Promise<ShownRun | null> {
  const operator = demo.as('operator');
  const open = await findOpenRun(operator, demo.workflowId);
  if (open !== null) say('demo', `going on with run ${open}`);
  const runId = open ?? (await startRun(operator, demo.workflowId));
  const run = await watchRun({
    ask: operator,
    runId,
    signal: demo.signal,
    onWaiting: (approvals) => (demo.decide ? decideAll(demo, approvals) : showHowToDecide(approvals)),
  });
  if (run) showEnd(run, demo.addresses);
  return run;
}

// Class C wants two people of different roles; each says yes once.
async function decideAll(demo: Demo, approvals: OpenApproval[]): Promise<void> {
  for (const approval of approvals) {
    const people: DemoRole[] = approval.class === 'C' ? ['finance', 'security'] : ['finance'];
    for (const role of people) await approve(demo.as(role), approval);
    say('demo', `${paint('green', 'approved')} as ${people.join(' and ')}: ${approval.title}`);
  }
}
