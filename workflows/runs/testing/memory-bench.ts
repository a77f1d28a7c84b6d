import { randomUUID } from 'node:crypto';
import { temporalWorkflowId, type RunId } from '../../ids.ts';
import type { CloseRunInput, RunKey } from '../activities.ts';
import { Inbox } from '../inbox.ts';
import type { InboxMessage, RunCarry, RunOutcome } from '../model.ts';
import type { Ports } from '../ports.ts';
import { newCarry, runGraph } from '../run-graph.ts';
import type { FakeWorld } from './fake-world.ts';
import type { RunHandle, Trial } from './trial.ts';
import { Cancelled, MemoryScope, MemoryTime } from './memory-time.ts';

/** How a bench decides what chance decides elsewhere. */
export interface Chances {
  /** Which of so many pieces of work ends first, from 0. */
  pick: (count: number) => number;
  /** After how many pieces of work the next history is long; never when left out. */
  room?: () => number;
}

/** Chances that are the same for the same seed; `room` as in Chances, for runs that shall go through many histories. */
export function chancesOf(seed: number): Required<Chances> {
  let state = seed;
  // Mulberry32: small, and good enough to shuffle with.
  const pick = (count: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(1, count);
  };
  return { pick, room: () => 1 + pick(12) };
}

/** A run that goes through this many histories is not sent through more. */
const MOST_HISTORIES = 40;

interface MemoryRun {
  key: RunKey;
  world: FakeWorld;
  scope: MemoryScope;
  inbox: Inbox;
  histories: number;
  worked: number;
  room: number;
  over: boolean;
  outcome: RunOutcome | null;
}

/**
 * Runs trials by the interpreter alone, on plain promises: no Temporal, no sandbox, thousands in a few seconds. What the
 * workflow does around the interpreter (opening, continuing as new, closing) is done here in short.
 */
export class MemoryBench {
  readonly #time: MemoryTime;
  readonly #room: () => number;
  readonly #runs = new Map<string, MemoryRun>();

  constructor({ pick, room }: Chances) {
    this.#time = new MemoryTime(pick);
    this.#room = room ?? (() => Infinity);
  }

  /** Starts a run in this world, calls `during` with its handle, and gives the run's end. */
  async run(
    world: FakeWorld,
    trial: Trial,
    during?: (handle: RunHandle) => Promise<void>,
  ): Promise<CloseRunInput> {
    const runId = randomUUID() as RunId;
    world.runs.set(runId, trial);
    world.client = this;
    this.#start(world, runId);
    await during?.(this.getHandle(temporalWorkflowId(world.tenantId, runId)));
    await this.#time.passUntil(() => [...this.#runs.values()].every(({ over }) => over));
    const end = world.closed.get(runId);
    if (!end) throw new Error('the run never ended');
    return end;
  }

  /** How many histories a run went through. */
  historiesOf(world: FakeWorld, runId: RunId): number {
    return this.#find(temporalWorkflowId(world.tenantId, runId)).histories;
  }

  getHandle(workflowId: string): RunHandle {
    const run = this.#find(workflowId);
    return {
      signal: async (name, ...args) => run.inbox.add(messageOf(name, args[0])),
      cancel: async () => run.scope.cancel(),
    };
  }

  #find(workflowId: string): MemoryRun {
    const run = this.#runs.get(workflowId);
    if (!run) throw new Error(`no run ${workflowId}`);
    return run;
  }

  #start(world: FakeWorld, runId: RunId): void {
    const key = { tenantId: world.tenantId, runId };
    const run: MemoryRun = {
      ...{ key, world, scope: new MemoryScope(), inbox: new Inbox(newCarry()) },
      ...{ histories: 0, worked: 0, room: Infinity, over: false, outcome: null },
    };
    this.#runs.set(temporalWorkflowId(world.tenantId, runId), run);
    void this.#time.within(run.scope, () => this.#execute(run));
  }

  async #execute(run: MemoryRun): Promise<void> {
    const { key, world } = run;
    const ports = this.#portsOf(run);
    const opened = await world.activities.openRun(key);
    let carry: RunCarry = { ...newCarry(), ...opened.seed };
    for (;;) {
      run.histories += 1;
      run.worked = 0;
      run.room = run.histories < MOST_HISTORIES ? this.#room() : Infinity;
      const controls = { paused: carry.paused };
      const graph = await runGraph(ports, opened, { key, carry, inbox: run.inbox, controls, begunAt: null });
      if (graph.end === 'outcome') {
        const { outcome, engine } = graph;
        const { events } = await engine.recorder.close();
        const output = outcome.status === 'SUCCEEDED' ? outcome.output : null;
        const error = 'error' in outcome ? outcome.error : null;
        const { response } = engine;
        await world.activities.closeRun({ ...key, status: outcome.status, output, error, response, events });
        run.over = true;
        return;
      }
      // As Temporal hands it over: by its JSON.
      carry = JSON.parse(JSON.stringify(graph.carry)) as RunCarry;
      run.inbox = new Inbox(carry);
    }
  }

  #portsOf(run: MemoryRun): Ports {
    const time = this.#time;
    const { key, world } = run;
    const { activities } = world;
    const counted = <T>(act: () => Promise<T>, stops: boolean) =>
      time.work(act, stops).finally(() => (run.worked += 1));
    let last: Promise<unknown> = Promise.resolve();
    const local = <T>(act: () => Promise<T>): Promise<T> => {
      const mine = last.then(
        () => counted(act, true),
        () => counted(act, true),
      );
      last = mine;
      return mine;
    };
    return {
      now: () => time.now,
      waitUntil: (ready, deadline) => time.waitUntil(ready, deadline),
      atRest: (ready) => time.atRest(ready),
      openScope: (body) => {
        const scope = time.scope.child();
        return { result: time.within(scope, body), cancel: () => scope.cancel() };
      },
      shield: (body) => time.within(new MemoryScope(), body),
      throwIfCancelled: () => {
        if (time.scope.cancelled) throw new Cancelled();
      },
      isCancellation: (error) => error instanceof Cancelled,
      historyIsLong: () => run.worked >= run.room,
      effect: (input) => counted(() => activities.executeEffect({ ...key, ...input }), false),
      evaluateStored: (input) => local(() => activities.evaluateStored({ ...key, ...input })),
      storeValue: (input) => local(() => activities.storeValue({ ...key, ...input })),
      record: (input) => local(() => activities.recordSteps({ ...key, ...input })),
      requestApproval: (request) => local(() => activities.requestApproval({ request })),
      readApproval: ({ approvalId }) => local(() => activities.readApproval({ ...key, approvalId })),
      closeApproval: ({ approvalId }, as) =>
        local(() => activities.closeApproval({ ...key, approvalId, as })),
      remindApprovers: ({ approvalId }, number) =>
        local(() => activities.remindApprovers({ ...key, approvalId, number })),
      escalateApproval: ({ approvalId }) => local(() => activities.escalateApproval({ ...key, approvalId })),
      mailApproval: async () => undefined,
      createChildRun: (input) => local(() => activities.createChildRun({ ...key, ...input })),
      changed: () => true,
      startChild: async ({ runId }) => this.#startOnce(world, runId),
      readChildOutcome: (childRunId) => local(() => activities.readChildOutcome({ ...key, childRunId })),
      cancelChild: (childRunId) => local(() => activities.cancelChildRun({ ...key, childRunId })),
      // Asked only for a child that nobody waits for.
      runChild: async ({ runId }) => {
        this.#startOnce(world, runId);
        return null;
      },
    };
  }

  #startOnce(world: FakeWorld, runId: RunId): void {
    if (!this.#runs.has(temporalWorkflowId(world.tenantId, runId))) this.#start(world, runId);
  }
}

const MESSAGE_TYPES: Record<string, InboxMessage['type']> = {
  event: 'event',
  approvalDecided: 'approval',
  childEnded: 'child',
};

function messageOf(signal: string, fields: unknown): InboxMessage {
  const type = MESSAGE_TYPES[signal];
  if (!type) throw new Error(`No run in memory takes the signal ${signal}`);
  // The signals carry the fields of their message.
  return { type, ...(fields as object) } as InboxMessage;
}
