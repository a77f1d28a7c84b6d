import { randomUUID } from 'node:crypto';
import type { ApprovalActivities } from '../../approvals/activities.ts';
import { widened } from '../../approvals/approval-terms.ts';
import type {
  ApprovalDecision,
  ApprovalMail,
  ApprovalRequest,
  ApprovalState,
} from '../../approvals/model.ts';
import { settle } from '../../approvals/settle.ts';
import { createExpressions } from '../../expressions/index.ts';
import { temporalWorkflowId, type PersonId, type RunId, type TenantId, type WorkflowId } from '../../ids.ts';
import type { Json, JsonObject } from '../../json.ts';
import { uuidOf } from '../../sha256.ts';
import type { CloseRunInput, EffectInput, RecordStepsInput, RunActivities } from '../activities.ts';
import { expressionView } from '../expression-view.ts';
import { STEP_EVENT_KINDS, type Held, type OpenedRun, type RunStatus, type StepEvent } from '../model.ts';
import type { PastStep } from '../past-steps.ts';
import type { RunHandle, Trial } from './trial.ts';

/**
 * The world as the workflow's activities see it, in memory: typed by the activity contract, so that a fake that
 * drifts from it does not compile.
 */
export class FakeWorld {
  readonly tenantId = randomUUID() as TenantId;
  readonly requesterId = randomUUID() as PersonId;
  readonly workflowId = randomUUID() as WorkflowId;
  readonly runs = new Map<RunId, Trial>();
  readonly effects: EffectInput[] = [];
  readonly events: StepEvent[] = [];
  readonly eventsOf = new Map<RunId, StepEvent[]>();
  readonly statuses: RunStatus[] = [];
  readonly batches: number[] = [];
  readonly closed = new Map<RunId, CloseRunInput>();
  readonly approvals = new Map<string, { request: ApprovalRequest; state: ApprovalState }>();
  readonly stored = new Map<string, Json>();
  /** Reminders by number, and escalations, in the order in which the run had them made. */
  readonly nudges: { approvalId: string; nudge: number | 'escalated'; at: number }[] = [];
  /** Mails, when `hasMail` is set. */
  readonly mails: ApprovalMail[] = [];
  hasMail = false;
  mailIsDown = false;
  /** The run that called each run and waits for it. */
  readonly callers = new Map<RunId, RunId>();
  /** By which runs reach each other; set by who runs the trials. */
  client: { getHandle(workflowId: string): RunHandle } | null = null;
  /** Called once for each new request, when the run has asked. */
  onApproval: (request: ApprovalRequest) => void | Promise<void> = () => {};
  /** Called before a batch of events is stored by itself, which it may hold up. */
  onRecord: () => void | Promise<void> = () => {};
  /** Called for each reminder and escalation. */
  onNudge: (request: ApprovalRequest, nudge: number | 'escalated') => void | Promise<void> = () => {};

  readonly activities: RunActivities & ApprovalActivities = {
    openRun: async ({ runId }) => {
      const trial = this.trial(runId);
      return {
        workflow: { id: this.workflowId, name: 'trial', version: 1, hash: 'h' },
        flow: { flow: 'v1' as const, steps: trial.steps, ...trial.flow },
        input: { value: trial.input ?? null },
        requesterId: this.requesterId,
        launchStage: trial.launchStage ?? 'post-launch',
        startedAt: '2030-01-01T00:00:00.000Z',
        depth: 0,
        cancelRequested: false,
        effectsRecord: true,
        ...(trial.seed ? { seed: trial.seed } : {}),
        ...(trial.test ? { test: trial.test } : {}),
      } satisfies OpenedRun;
    },
    recordSteps: async (input) => {
      await this.onRecord();
      await this.store(input);
    },
    executeEffect: async ({ record, ...input }) => {
      const { tenantId, runId } = input;
      // As it is with quick effects and slow ones.
      const recorded = record !== undefined && this.effects.length % 2 === 0;
      this.effects.push(input);
      const answer = this.trial(runId).effect;
      const outcome = answer ? await answer(input) : { output: input.with };
      // Not for one that was cut off: its run stores them again, and only a database would take the two for one.
      if (recorded) await this.store({ tenantId, runId, ...record });
      return recorded ? { ...outcome, recorded } : outcome;
    },
    evaluateStored: async ({ template, scope }) => {
      const value = createExpressions().render(
        template,
        expressionView(scope, (held) => this.read(held)),
      );
      return { output: this.hold(value) };
    },
    storeValue: async ({ value, outside }) => {
      if ('list' in value)
        return {
          output: this.hold(
            value.list.map((part) => this.read(part)),
            outside,
          ),
        };
      if (!('fields' in value)) return { output: this.hold(this.read(value), outside) };
      const fields = Object.entries(value.fields).map(([name, part]) => [name, this.read(part)] as const);
      return { output: this.hold(Object.fromEntries(fields), outside) };
    },
    createChildRun: async ({ workflow, input, runId: parent, path, waits }) => {
      const caller = [...this.runs.values()].find((trial) => trial.children?.[workflow]);
      const flow = caller?.children?.[workflow];
      if (!flow)
        return {
          error: {
            code: 'CHILD_FAILED',
            message: `No workflow ${workflow}.`,
            details: null,
            retryable: false,
          },
        };
      // Like the real one: the same path gives the same run, however often it is asked.
      const runId = uuidOf(`${parent} ${path}`) as RunId;
      const effect = caller.effect ? { effect: caller.effect } : {};
      this.runs.set(runId, { steps: flow.steps, flow, input: this.read(input), ...effect });
      if (waits) this.callers.set(runId, parent);
      return { runId };
    },
    readChildOutcome: async ({ childRunId }) => {
      const end = this.closed.get(childRunId);
      if (!end) return null;
      if (end.status === 'SUCCEEDED') return { status: end.status, output: end.output ?? { value: null } };
      if (end.status === 'CANCELLED' || !end.error) return { status: 'CANCELLED' };
      return { status: end.status, error: end.error };
    },
    cancelChildRun: async ({ childRunId }) => {
      if (this.closed.has(childRunId)) return false;
      await this.handleOf(childRunId).cancel();
      return true;
    },
    closeRun: async (input) => {
      this.keep(input.runId, input.events);
      this.closed.set(input.runId, input);
      const childRunId = input.runId;
      const caller = this.callers.get(childRunId);
      if (!caller) return null;
      // As the platform's messages: it comes for sure, unless its run is over.
      const word = this.handleOf(caller).signal('childEnded', { id: `ended ${childRunId}`, childRunId });
      await word.catch(() => undefined);
      return null;
    },
    requestApproval: async ({ request }) => {
      const known = this.approvals.get(request.approvalId);
      if (known) return known.state;
      const state: ApprovalState = {
        status: request.quorum === 0 ? 'APPROVED' : 'PENDING',
        decisions: [],
        ...(this.hasMail ? { mails: true } : {}),
      };
      this.approvals.set(request.approvalId, { request, state });
      await this.onApproval(request);
      return this.stateOf(request.approvalId);
    },
    readApproval: async ({ approvalId }) => this.stateOf(approvalId),
    closeApproval: async ({ approvalId, as }) => {
      const state = this.stateOf(approvalId);
      if (state.status === 'PENDING') state.status = as;
      return state;
    },
    remindApprovers: async ({ approvalId, number }) => this.nudge(approvalId, number),
    escalateApproval: async ({ approvalId }) => this.nudge(approvalId, 'escalated'),
    mailRecipients: async (mail) => {
      this.mails.push(mail);
      return [this.requesterId];
    },
    sendApprovalMail: async () => {
      if (this.mailIsDown) throw new Error('No mail server answers.');
    },
  };

  private handleOf(runId: RunId): RunHandle {
    if (!this.client) throw new Error('This world has no client to reach its runs');
    return this.client.getHandle(temporalWorkflowId(this.tenantId, runId));
  }

  /** Decides as somebody with this role, by the same rule as the real verb. */
  decide(
    request: ApprovalRequest,
    by: {
      role: ApprovalDecision['roles'][number];
      verdict?: 'APPROVE' | 'DENY';
      at?: string;
      answers?: JsonObject;
      /** The address of the approver whose power it is. */
      onBehalfOf?: string;
    },
  ): void {
    const state = this.stateOf(request.approvalId);
    state.decisions.push({
      personId: randomUUID() as PersonId,
      personEmail: `${by.role}@example.org`,
      onBehalfOf: by.onBehalfOf === undefined ? null : (randomUUID() as PersonId),
      onBehalfOfEmail: by.onBehalfOf ?? null,
      roles: [by.role],
      verdict: by.verdict ?? 'APPROVE',
      reason: 'seen',
      answers: by.answers ?? null,
      planHash: request.planHash,
      decidedAt: by.at ?? request.requestedAt,
    });
    const { escalation, approvers } = request;
    const isEscalated = this.nudges.some(
      ({ approvalId, nudge }) => approvalId === request.approvalId && nudge === 'escalated',
    );
    const terms =
      isEscalated && escalation
        ? { ...request, approvers: widened(approvers, escalation.approvers) }
        : request;
    const settled = settle(terms, state.decisions);
    if (state.status === 'PENDING') state.status = settled;
  }

  /** The path and kind of every event, in the order in which they happened. */
  history(): string[] {
    return [...this.events]
      .sort((a, b) => a.sequence - b.sequence)
      .map((event) => `${event.path} ${event.kind}`);
  }

  /** The steps of a run as the database would have them. */
  stepsOf(runId: RunId): PastStep[] {
    const steps = new Map<string, PastStep & { rank: number }>();
    for (const event of this.eventsOf.get(runId) ?? []) {
      const { path, stepId, attempt, sequence } = event;
      const known = steps.get(path);
      const rank = attempt * 10 + STEP_EVENT_KINDS.indexOf(event.kind);
      const input = event.input ?? (known?.attempt === attempt ? known.input : null);
      if (known && known.rank > rank) continue;
      steps.set(path, {
        ...{ path, stepId, attempt, rank, input, kind: event.stepKind },
        sequence: Math.min(known?.sequence ?? sequence, sequence),
        status: event.kind === 'STARTED' ? 'RUNNING' : event.kind,
        output: event.output ?? { value: null },
        error: event.error ?? null,
      });
    }
    return [...steps.values()];
  }

  read(held: Held): Json {
    if ('value' in held) return held.value;
    const whole = this.stored.get(held.ref) ?? null;
    return held.at === undefined ? whole : ((whole as Json[])[held.at] ?? null);
  }

  /** Keeps what is new about a run, however it came. */
  protected store({ runId, events, run }: RecordStepsInput): Promise<void> {
    this.batches.push(events.length);
    this.keep(runId, events);
    if (run) this.statuses.push(run.status);
    return Promise.resolve();
  }

  private keep(runId: RunId, events: StepEvent[]): void {
    this.events.push(...events);
    this.eventsOf.set(runId, [...(this.eventsOf.get(runId) ?? []), ...events]);
  }

  private async nudge(approvalId: string, nudge: number | 'escalated'): Promise<ApprovalState> {
    this.nudges.push({ approvalId, nudge, at: Date.now() });
    const request = this.approvals.get(approvalId)?.request;
    if (request) await this.onNudge(request, nudge);
    return this.stateOf(approvalId);
  }

  private stateOf(approvalId: string): ApprovalState {
    const found = this.approvals.get(approvalId);
    if (!found) throw new Error(`no approval ${approvalId}`);
    return found.state;
  }

  private trial(runId: RunId): Trial {
    const trial = this.runs.get(runId);
    if (!trial) throw new Error(`no run ${runId}`);
    return trial;
  }

  private hold(value: Json, outside = false): Held {
    const bytes = JSON.stringify(value).length;
    if (bytes <= 65_536 && !outside) return { value };
    const ref = randomUUID();
    this.stored.set(ref, value);
    return { ref, bytes };
  }
}
