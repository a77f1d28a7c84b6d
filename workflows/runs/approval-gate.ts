import { approvalTerms, widened, type WantedTerms } from '../approvals/approval-terms.ts';
import type { FormField } from '../approvals/form.ts';
import type {
  ApprovalClass,
  ApprovalMail,
  ApprovalPlan,
  ApprovalRequest,
  ApprovalState,
  ApprovalStatus,
} from '../approvals/model.ts';
import { nextMoment } from '../approvals/next-moment.ts';
import { settle } from '../approvals/settle.ts';
import type { Step } from '../definitions/model.ts';
import { DomainError } from '../errors.ts';
import type { ApprovalId } from '../ids.ts';
import { canonicalJson, type Json } from '../json.ts';
import { sha256Hex, uuidOf } from '../sha256.ts';
import type { Engine, Position } from './engine.ts';
import { openStep } from './journal.ts';
import type { OpenStep } from './model.ts';
import { placeAt, stepError } from './step-error.ts';

/** What a gate asks for, with its texts evaluated. */
export interface Gate extends WantedTerms {
  title: string;
  details: Json;
  guards: ApprovalPlan['guards'];
  form?: FormField[];
}

/** How a request ended. */
export interface GateOutcome {
  status: Exclude<ApprovalStatus, 'PENDING'>;
  request: ApprovalRequest;
  state: ApprovalState;
}

/**
 * Asks for an approval and waits until it is decided or expires; meanwhile it reminds and escalates as the request
 * says. The request is journaled when it is made, so that a new history waits for the same one. What the database says is checked again by the run's own copy of the terms; a
 * request whose decisions do not hold ends as denied. A step that is cancelled meanwhile withdraws its request.
 */
export async function passGate(
  engine: Engine,
  { step, at }: { step: Step; at: Position },
  gate: () => Promise<Gate>,
): Promise<GateOutcome> {
  const open = openStep(at.node);
  const isNew = open.request === undefined;
  const request = (open.request ??= buildRequest(engine, at, await gate()));
  if (isNew) engine.ports.throwIfCancelled();
  try {
    // Written for sure: a request that may or may not be there could not be withdrawn.
    const ask = () => engine.ports.shield(() => engine.ports.requestApproval(request));
    let state = await engine.working(ask);
    if (isNew && state.status === 'PENDING') await mail(engine, { request, state }, ['request', 0]);
    while (state.status === 'PENDING') {
      const until = Date.parse(request.expiresAt);
      engine.record(step, at, { kind: 'WAITING', until, waitingFor: `approval, class ${request.class}` });
      const heard = () => engine.inbox.takeApproval(request.approvalId);
      let decided = false;
      const next = nextMoment(request, open);
      const inTime = await engine.waiting(() =>
        engine.waitUntil(() => decided || (decided = heard()), next.at, at),
      );
      state = await engine.working(() =>
        inTime ? engine.ports.readApproval(request) : act(engine, next.what, { request, open }),
      );
    }
    if (request.quorum > 0) await mail(engine, { request, state }, ['outcome', 0]);
    return { status: checked(request, state, engine.ports.now()), request, state };
  } catch (error) {
    if (engine.ports.isCancellation(error))
      await engine.ports.shield(() => engine.ports.closeApproval(request, 'WITHDRAWN'));
    throw error;
  }
}

/** Does what falls due while nobody has decided. */
async function act(
  engine: Engine,
  what: ReturnType<typeof nextMoment>['what'],
  { request, open }: { request: ApprovalRequest; open: OpenStep },
): Promise<ApprovalState> {
  if (what === 'expire') return engine.ports.closeApproval(request, 'EXPIRED');
  if (what === 'escalate') {
    open.escalated = true;
    const state = await engine.ports.escalateApproval(request);
    if (state.status === 'PENDING') await mail(engine, { request, state }, ['escalation', 1]);
    return state;
  }
  const number = (open.reminded ?? 0) + 1;
  open.reminded = number;
  const state = await engine.ports.remindApprovers(request, number);
  if (state.status === 'PENDING') await mail(engine, { request, state }, ['reminder', number]);
  return state;
}

// Only where the organisation has a mail server: a run of one that has none issues no command for it.
async function mail(
  engine: Engine,
  { request: { approvalId }, state }: { request: ApprovalRequest; state: ApprovalState },
  [kind, number]: [ApprovalMail['kind'], number],
): Promise<void> {
  if (state.mails) await engine.ports.mailApproval({ approvalId, kind, number });
}

// The run's own check, from the terms in its journal: no row that somebody changed passes. Whether it was escalated is
// told by the time: the activity that did so may be forgotten, when its workflow task is given again after a decision.
function checked(
  request: ApprovalRequest,
  { status, decisions }: ApprovalState,
  now: number,
): GateOutcome['status'] {
  if (status !== 'APPROVED') return status === 'PENDING' ? 'DENIED' : status;
  const { escalation } = request;
  const isEscalated = escalation !== undefined && Date.parse(escalation.at) <= now;
  const approvers = isEscalated ? widened(request.approvers, escalation.approvers) : request.approvers;
  return settle({ ...request, approvers }, decisions) === 'APPROVED' ? 'APPROVED' : 'DENIED';
}

function buildRequest(engine: Engine, at: Position, gate: Gate): ApprovalRequest {
  const terms = termsOf(at, gate);
  const { tenantId, runId } = engine.key;
  const now = engine.ports.now();
  const plan: ApprovalPlan = {
    workflow: engine.run.workflow,
    runId,
    path: at.path,
    title: gate.title,
    details: gate.details,
    class: gate.class,
    guards: gate.guards,
    ...(gate.form ? { form: gate.form } : {}),
  };
  const { remindEverySeconds, escalation } = terms;
  return {
    approvalId: uuidOf(`approval ${tenantId} ${runId} ${at.path} ${at.node.attempts ?? 1}`) as ApprovalId,
    tenantId,
    runId,
    path: at.path,
    class: gate.class,
    plan,
    planHash: sha256Hex(canonicalJson(JSON.parse(JSON.stringify(plan)) as Json)),
    requesterId: engine.run.requesterId,
    approvers: terms.approvers,
    quorum: terms.quorum,
    requestedAt: new Date(now).toISOString(),
    expiresAt: new Date(now + terms.expiresInSeconds * 1000).toISOString(),
    ...(remindEverySeconds === undefined ? {} : { remindEverySeconds }),
    ...(escalation
      ? {
          escalation: {
            at: new Date(now + escalation.afterSeconds * 1000).toISOString(),
            approvers: escalation.approvers,
          },
        }
      : {}),
  };
}

function termsOf(at: Position, gate: Gate) {
  try {
    return approvalTerms(gate);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw stepError(placeAt(at.path), 'EXPRESSION_FAILED', error.message, error.details ?? null);
  }
}

/** The classes in rising order; letters compare. */
export function covers(granted: ApprovalClass | null, needed: ApprovalClass): boolean {
  return granted !== null && granted >= needed;
}
