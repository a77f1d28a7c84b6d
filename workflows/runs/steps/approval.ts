import { classifyGate, requiredClass } from '../../approvals/classify-action.ts';
import type { FormField } from '../../approvals/form.ts';
import { guardedActions, ownAction } from '../../approvals/guarded-actions.ts';
import type { EffectKind, StepByKind } from '../../definitions/model.ts';
import type { ApprovalStep } from '../../definitions/nodes/approval.ts';
import { globalId } from '../../ids.ts';
import type { Json } from '../../json.ts';
import { covers, passGate, type Gate, type GateOutcome } from '../approval-gate.ts';
import type { Engine, Position } from '../engine.ts';
import { openStep } from '../journal.ts';
import type { Held } from '../model.ts';
import { placeAt, stepError, type Place } from '../step-error.ts';
import { asNumber, asText } from './as-text.ts';

/** Waits for people to decide. Gives the decision, who made it and how the form was filled in; a denial fails unless told otherwise. */
export async function runApproval(engine: Engine, step: ApprovalStep, at: Position): Promise<Held> {
  const place = { stepId: step.id, path: at.path };
  const outcome = await passGate(engine, { step, at }, () => gateOf(engine, step, at));
  if (outcome.status === 'APPROVED') openStep(at.node).granted = outcome.request.class;
  else if (step.with.onDenied !== 'continue') throw notApproved(outcome, place);
  return { value: decisionOf(outcome, new Date(engine.ports.now()).toISOString()) };
}

/**
 * Lets an action pass that needs nobody, or that an earlier approval covers; for any other it asks.
 * Throws APPROVAL_DENIED, APPROVAL_EXPIRED or APPROVAL_WITHDRAWN.
 */
export async function passActionGate(
  engine: Engine,
  step: StepByKind[EffectKind],
  at: Position,
): Promise<void> {
  const action = ownAction(step);
  const needed = requiredClass({ action: action?.class ?? null, stage: engine.run.launchStage });
  if (action === null || needed === null || needed === 'A' || covers(at.scope.granted, needed)) return;
  const gate: Gate = { title: action.summary, details: null, class: needed, guards: [action] };
  const outcome = await passGate(engine, { step, at }, () => Promise.resolve(gate));
  if (outcome.status !== 'APPROVED') throw notApproved(outcome, { stepId: step.id, path: at.path });
}

async function gateOf(engine: Engine, step: ApprovalStep, at: Position): Promise<Gate> {
  const place = { stepId: step.id, path: at.path };
  const { title, details = null, approvers, escalateTo, form } = step.with;
  const guards = guardedActions(engine.run.flow, step.id);
  return {
    title: asText(await engine.evaluator.value(title, at.scope, place)),
    details: await engine.evaluator.value(details, at.scope, place),
    class: classifyGate({
      declared: step.with.class,
      guarded: guards.map((action) => action.class),
      stage: engine.run.launchStage,
    }),
    guards,
    ...(approvers ? { approvers } : {}),
    ...(escalateTo ? { escalateTo } : {}),
    ...(form ? { form: await formOf(engine, form, at) } : {}),
    ...(await secondsOf(engine, step, at)),
  };
}

const SECONDS = ['expiresInSeconds', 'remindAfterSeconds', 'escalateAfterSeconds'] as const;

async function secondsOf(engine: Engine, step: ApprovalStep, at: Position) {
  const place = { stepId: step.id, path: at.path };
  const seconds: Partial<Record<(typeof SECONDS)[number], number>> = {};
  for (const field of SECONDS) {
    const written = step.with[field];
    if (written !== undefined)
      seconds[field] = asNumber(await engine.evaluator.value(written, at.scope, place), field, place);
  }
  return seconds;
}

async function formOf(engine: Engine, form: FormField[], at: Position): Promise<FormField[]> {
  const place = placeAt(at.path);
  const fields: FormField[] = [];
  for (const field of form)
    fields.push({ ...field, label: asText(await engine.evaluator.value(field.label, at.scope, place)) });
  return fields;
}

const REFUSALS = {
  DENIED: ['APPROVAL_DENIED', 'was denied'],
  EXPIRED: ['APPROVAL_EXPIRED', 'was not decided in time'],
  WITHDRAWN: ['APPROVAL_WITHDRAWN', 'was withdrawn'],
} as const;

function notApproved(outcome: GateOutcome, place: Place) {
  const [code, what] = REFUSALS[outcome.status as keyof typeof REFUSALS];
  const denial = outcome.state.decisions.find((one) => one.verdict === 'DENY');
  const why = denial?.reason ? `: ${denial.reason}` : '.';
  return stepError(place, code, `The approval "${outcome.request.plan.title}" ${what}${why}`, {
    approvalId: globalId('approval', outcome.request.approvalId),
    decidedBy: denial ? [denial.personEmail] : [],
  });
}

function decisionOf({ status, request, state }: GateOutcome, now: string): Json {
  const counted = state.decisions.filter((one) => (status === 'DENIED') === (one.verdict === 'DENY'));
  return {
    decision: status.toLowerCase(),
    class: request.class,
    decidedBy: counted.map((one) => one.personEmail),
    reason: counted.find((one) => one.reason)?.reason ?? null,
    decidedAt: counted.at(-1)?.decidedAt ?? now,
    answers: (status === 'APPROVED' ? counted.at(-1)?.answers : null) ?? null,
  };
}
