import { ServiceError, WorkflowFailedError, type Client } from '@temporalio/client';
import { ApplicationFailure, TerminatedFailure, WorkflowNotFoundError } from '@temporalio/common';
import { temporalHelperId, temporalWorkflowId } from '../../workflows/ids.ts';
import type { RunKey } from '../../workflows/runs/activities.ts';
import type { BulkRerunKey } from '../../workflows/runs/bulk-rerun-activities.ts';
import type { Held, RunError } from '../../workflows/runs/model.ts';

/** How Temporal has a run: it goes on, there is none, or it came to an end, whoever ended it. */
export type Found =
  | { state: 'OPEN' }
  | { state: 'MISSING' }
  | { state: 'COMPLETED'; output: Held | null }
  | { state: 'FAILED'; error: RunError }
  | { state: 'CANCELLED' }
  | { state: 'TERMINATED'; why: string | null }
  | { state: 'TIMED_OUT' };

/** What the reconciler asks of Temporal. Throws what the client throws when the server does not answer. */
export interface Look {
  /** Which of these runs the server's index shows as going on. The index may lag a moment behind. */
  listed(keys: readonly RunKey[]): Promise<Set<string>>;
  /** How the server itself has the run, for certain. */
  certain(key: RunKey): Promise<Found>;
  /** True while the server itself has the workflow of a bulk re-run as going on. */
  bulkGoesOn(key: BulkRerunKey): Promise<boolean>;
}

/** When a call is given up, in milliseconds. */
const CALL_LIMIT = 5_000;

/** Asks through a client. */
export function lookThrough(client: Client): Look {
  const within = <T>(work: () => Promise<T>) => client.withDeadline(Date.now() + CALL_LIMIT, work);
  return {
    listed: (keys) => within(() => listOpen(client, keys)),
    certain: (key) => within(() => describe(client, key)),
    bulkGoesOn: (key) => within(() => bulkGoesOn(client, key)),
  };
}

async function listOpen(client: Client, keys: readonly RunKey[]): Promise<Set<string>> {
  const runOf = new Map(keys.map((key) => [temporalWorkflowId(key.tenantId, key.runId), key.runId]));
  const names = [...runOf.keys()].map((id) => `'${id}'`).join(', ');
  const query = `WorkflowId IN (${names}) AND ExecutionStatus = 'Running'`;
  const open = new Set<string>();
  for await (const { workflowId } of client.workflow.list({ query, pageSize: keys.length }))
    open.add(runOf.get(workflowId) ?? workflowId);
  return open;
}

async function describe(client: Client, { tenantId, runId }: RunKey): Promise<Found> {
  const workflowId = temporalWorkflowId(tenantId, runId);
  try {
    const told = await client.workflow.getHandle(workflowId).describe();
    const outcome = () => outcomeOf(client, { workflowId, runId: told.runId });
    switch (told.status.name) {
      case 'COMPLETED':
        return { state: 'COMPLETED', output: outputOf(await outcome()) };
      case 'FAILED':
        return { state: 'FAILED', error: errorOf(await outcome()) };
      case 'TERMINATED':
        return { state: 'TERMINATED', why: reasonOf(await outcome()) };
      case 'CANCELLED':
      case 'TIMED_OUT':
        return { state: told.status.name };
      default:
        return { state: 'OPEN' };
    }
  } catch (error) {
    // A namespace that is not there is another error: then nothing is known about the run.
    if (error instanceof WorkflowNotFoundError) return { state: 'MISSING' };
    throw error;
  }
}

async function bulkGoesOn(client: Client, { tenantId, bulkRerunId }: BulkRerunKey): Promise<boolean> {
  const handle = client.workflow.getHandle(temporalHelperId('bulk-rerun', tenantId, bulkRerunId));
  try {
    return (await handle.describe()).status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** What an execution that is over gave, or the failure that it ended with; null when that cannot be read. */
async function outcomeOf(client: Client, at: { workflowId: string; runId: string }): Promise<unknown> {
  try {
    return await client.workflow.getHandle(at.workflowId, at.runId, { followRuns: false }).result();
  } catch (error) {
    if (error instanceof WorkflowFailedError) return error.cause;
    if (error instanceof ServiceError || error instanceof WorkflowNotFoundError) throw error;
    // Sealed with a key that is gone, or written by somebody else: its end is certain all the same.
    return null;
  }
}

// What a run gives is of our own making (`RunOutcome`); an execution of somebody else's under its id is not.
function outputOf(outcome: unknown): Held | null {
  const { output } = (outcome ?? {}) as { output?: Held };
  const isHeld = typeof output === 'object' && ('value' in output || 'ref' in output);
  return isHeld ? output : null;
}

function errorOf(failure: unknown): RunError {
  const [told] = failure instanceof ApplicationFailure ? (failure.details ?? []) : [];
  const { code, message } = (told ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && typeof message === 'string') return told as RunError;
  const type = failure instanceof ApplicationFailure ? failure.type : null;
  return {
    code: type ?? 'FAILED',
    message: failure instanceof Error && failure.message !== '' ? failure.message : 'The run failed.',
    ...{ stepId: null, path: null, details: null },
  };
}

function reasonOf(failure: unknown): string | null {
  const isOurs = failure instanceof TerminatedFailure && failure.message !== 'Workflow execution terminated';
  return isOurs ? failure.message.slice(0, 500) : null;
}
