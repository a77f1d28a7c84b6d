import { randomUUID } from 'node:crypto';
import type { EffectKind } from '../../definitions/model.ts';
import { temporalWorkflowId } from '../../ids.ts';
import { isJsonObject, type Json } from '../../json.ts';
import type { EffectInput, EffectOutcome, RecordStepsInput, StepFailure } from '../activities.ts';
import { FakeWorld } from './fake-world.ts';

/*
 * What happens to a random definition stands in the definition itself: an effect does what its address or connection is
 * called (`ok`, `flaky`, `broken`, `refused`), people decide as the title says (`deny`, `ignore`, else yes), and events
 * come whose name begins with `go`.
 */

/** What an effect gives, by what it was given; `times` counts the calls at its place, from 1. */
export function effectAnswer(
  kind: EffectKind,
  given: Json,
  times: number,
): { output: Json } | { error: StepFailure } {
  const fields = isJsonObject(given) ? given : {};
  const [, address] = /^https:\/\/example\.org\/([a-z]+)/.exec(textOf(fields['url'])) ?? [];
  const way = address ?? textOf(fields['connection']);
  if (way === 'broken' || (way === 'flaky' && times === 1)) return { error: failure('HTTP_STATUS', true) };
  if (way === 'refused') return { error: failure('EGRESS_REFUSED', false) };
  if (kind === 'http') return { output: { status: 200, headers: {}, body: fields['body'] ?? null } };
  if (kind === 'email') return { output: { messageId: fields['subject'] ?? null } };
  return { output: { rows: [{ params: fields['params'] ?? null }], rowCount: 1 } };
}

/** How people decide on a request of this title. */
export function decisionOn(title: string): 'APPROVE' | 'DENY' | null {
  if (title.includes('ignore')) return null;
  return title.includes('deny') ? 'DENY' : 'APPROVE';
}

/** Whether an event of this name comes. */
export const comes = (event: string) => event.startsWith('go');
/** What it brings. */
export const payloadOf = (event: string): Json => ({ event });

/** The address of a person who decides, by the role. */
export const addressOf = (role: string) => `${role}@example.org`;
/** Those who decide: the first alone, or both where two are needed. */
export const DECIDERS = ['finance', 'security'] as const;

/** A world in which all of this happens, to a run and to the runs that it calls. */
export class ScriptedWorld extends FakeWorld {
  readonly #attempts = new Map<string, number[]>();
  readonly #say: (send: () => Promise<void>) => Promise<void>;

  /** `say` sends a message to a run; by default at once. */
  constructor(say: (send: () => Promise<void>) => Promise<void> = (send) => send()) {
    super();
    this.#say = say;
    this.onApproval = async (request) => {
      const decision = decisionOn(request.plan.title);
      if (request.quorum === 0 || decision === null) return;
      const deciders = decision === 'DENY' ? 1 : request.quorum;
      for (const role of DECIDERS.slice(0, deciders))
        this.decide(request, { role, verdict: decision, at: '2020-01-01T00:00:00.000Z' });
      const { approvalId } = request;
      await say(() => this.#handleOf(request).signal('approvalDecided', { id: approvalId, approvalId }));
    };
  }

  protected override async store(input: RecordStepsInput): Promise<void> {
    await super.store(input);
    for (const { kind, waitingFor = '' } of input.events) {
      const name = waitingFor.replace(/^event /, '');
      if (kind !== 'WAITING' || name === waitingFor || !comes(name)) continue;
      // Many: a step beside may take what came for this one.
      await this.#say(async () => {
        for (let i = 0; i < 8; i++)
          await this.#handleOf(input).signal('event', { id: randomUUID(), name, payload: payloadOf(name) });
      });
    }
  }

  /** For `Trial.effect`. */
  readonly effect = ({ runId, path, attempt, kind, with: given }: EffectInput): EffectOutcome => {
    if (!('value' in given)) throw new Error('Random definitions have small values only');
    // An attempt that Temporal makes again is the same attempt.
    const key = `${runId} ${path}`;
    const attempts = [...new Set([...(this.#attempts.get(key) ?? []), attempt])];
    this.#attempts.set(key, attempts);
    const times = attempts.indexOf(attempt) + 1;
    const answer = effectAnswer(kind, given.value, times);
    return 'error' in answer ? answer : { output: { value: answer.output } };
  };

  #handleOf({ tenantId, runId }: Pick<EffectInput, 'tenantId' | 'runId'>) {
    if (!this.client) throw new Error('This world has no client to reach its runs');
    return this.client.getHandle(temporalWorkflowId(tenantId, runId));
  }
}

function failure(code: string, retryable: boolean): StepFailure {
  return { code, message: 'It did not work.', details: null, retryable };
}

const textOf = (value: Json | undefined) => (typeof value === 'string' ? value : '');
