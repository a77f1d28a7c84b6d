import { setTimeout as pause } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import type { ApprovalRequest } from '../../workflows/approvals/model.ts';
import type { Step } from '../../workflows/definitions/model.ts';
import { temporalWorkflowId } from '../../workflows/ids.ts';
import type { EffectOutcome } from '../../workflows/runs/activities.ts';
import type { RunCarry } from '../../workflows/runs/model.ts';
import type { FakeWorld, RunHandle, Trial } from '../../workflows/runs/testing.ts';

/** A run to record. Waits are real here, and therefore short. */
export interface RecordedTrial extends Trial {
  /** What happens to the run from outside. */
  during?: (world: FakeWorld, handle: WorkflowHandle) => Promise<void>;
  /** How people decide on each request; nobody does when left out. */
  decide?: (world: FakeWorld, request: ApprovalRequest) => void;
  /** Called before the run is started. */
  prepare?: (world: FakeWorld) => void;
  /** The server suggests a new history after so many events; its own number when left out. */
  suggestAfter?: number;
  /** The state that the execution begins with, as after continue-as-new. */
  carry?: RunCarry;
}

export const step = (value: unknown) => value as Step;
export const transform = (id: string, value: unknown, more = {}) =>
  step({ id, kind: 'transform', with: { value }, ...more });
export const http = (id: string, more = {}) =>
  step({ id, kind: 'http', with: { url: 'https://example.org/', body: 1, method: 'POST' }, ...more });
export const email = (id: string) =>
  step({ id, kind: 'email', with: { to: 'a@example.com', subject: 'Hello', text: 'Hello' } });
export const fail = (id: string, message: string) =>
  step({ id, kind: 'fail', with: { message, code: 'STOPPED' } });
export const wait = (id: string, fields: object) => step({ id, kind: 'wait', with: fields });
export const approval = (id: string, fields: object = {}) =>
  step({ id, kind: 'approval', with: { title: 'Go on?', ...fields } });

export const answer = (value: object): EffectOutcome => ({ output: { value: { ...value } } });
export const broken: EffectOutcome = {
  error: { code: 'HTTP_STATUS', message: 'It answered 503.', details: { status: 503 }, retryable: true },
};
/** Fails the first `times` times. */
export const brokenAtFirst = (times: number) => {
  let calls = 0;
  return () => (++calls <= times ? broken : answer({ calls }));
};

export const approve =
  (...roles: ('finance' | 'security' | 'owner')[]) =>
  (world: FakeWorld, request: ApprovalRequest) => {
    for (const role of roles) world.decide(request, { role });
  };
export const deny = (world: FakeWorld, request: ApprovalRequest) =>
  world.decide(request, { role: 'finance', verdict: 'DENY' });

/** Resolves when the run has recorded this, such as `gate WAITING`. */
export async function recorded(world: FakeWorld, line: string): Promise<void> {
  while (!world.history().includes(line)) await pause(5);
}
export const signal = (handle: RunHandle, name: string, fields: object) => handle.signal(name, fields);
export const send = (handle: RunHandle, name: string) =>
  signal(handle, 'event', { id: `event-${name}`, name, payload: { name } });

/** The run that the trial called. */
export function childHandle(world: FakeWorld): RunHandle {
  const [, child] = world.runs.keys();
  if (!child || !world.client) throw new Error('The trial has called no run');
  return world.client.getHandle(temporalWorkflowId(world.tenantId, child));
}

/** Signals each decision to its run, as the platform does after somebody has decided. */
export function answerRequests(
  world: FakeWorld,
  decide: NonNullable<RecordedTrial['decide']>,
  handleOf: (workflowId: string) => RunHandle,
): void {
  world.onApproval = (request) => {
    if (request.quorum === 0) return;
    const { approvalId, tenantId, runId } = request;
    // Later, so that the run is seen to wait.
    void pause(100).then(async () => {
      decide(world, request);
      await signal(handleOf(temporalWorkflowId(tenantId, runId)), 'approvalDecided', {
        id: approvalId,
        approvalId,
      });
    });
  };
}
